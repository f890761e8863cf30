using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TreePush.Core.Wire;

/// <summary>
/// The line with which a host without a relay asks another host's relay for the program: a mark, a number, and a token for that
/// number. The controller, which alone shares that relay's secret, makes the token. A relay answers each number once.
/// docs/protocol.md has the full description.
/// </summary>
public static class ProgramRequest
{
    private const int NumberDigits = 8;

    /// <summary>The size of the line, including its newline, in bytes.</summary>
    public static int Size => Mark.Length + NumberDigits + 1 + (2 * HMACSHA256.HashSizeInBytes) + 1;

    /// <summary>The start of the line. Neither TLS nor a frame begins with its first byte.</summary>
    public static ReadOnlySpan<byte> Mark => "treepush-program "u8;

    /// <param name="secret">The secret of the relay that is asked.</param>
    /// <param name="number">The number of the request, new for each request to that relay.</param>
    public static byte[] Make(ReadOnlySpan<byte> secret, int number)
    {
        byte[] text = [.. Mark[..^1], 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(text.AsSpan(Mark.Length - 1), number);
        string token = Convert.ToHexStringLower(HMACSHA256.HashData(secret, text));
        return [.. Mark, .. Encoding.ASCII.GetBytes($"{number:x8} {token}\n")];
    }

    /// <returns>The request's number; null if the controller did not make the request.</returns>
    public static int? Read(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> request)
    {
        if (request.Length != Size) return null;
        bool isNumber = int.TryParse(request.Slice(Mark.Length, NumberDigits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int number);
        return isNumber && CryptographicOperations.FixedTimeEquals(request, Make(secret, number)) ? number : null;
    }
}
