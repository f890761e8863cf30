using System.Security.Cryptography;
using System.Text;

namespace TreePush.Core.Wire;

/// <summary>
/// The line with which a host that has no relay asks another host's relay for its program: a mark, and a token that the
/// controller, who alone shares that relay's secret, has given it. docs/protocol.md says it in full.
/// </summary>
public static class ProgramRequest
{
    /// <summary>The bytes of the line, with its newline.</summary>
    public static int Size => Mark.Length + (2 * HMACSHA256.HashSizeInBytes) + 1;

    /// <summary>How the line begins: with a byte that neither TLS nor a frame begins with.</summary>
    public static ReadOnlySpan<byte> Mark => "treepush-program "u8;

    /// <param name="secret">Of the relay that is asked.</param>
    public static byte[] Make(ReadOnlySpan<byte> secret) =>
        [.. Mark, .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(secret, Mark[..^1]))), (byte)'\n'];
}
