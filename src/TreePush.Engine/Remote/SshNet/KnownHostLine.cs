using System.Security.Cryptography;
using System.Text;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>A line of known_hosts, in the format of sshd(8).</summary>
/// <param name="Marker"><c>@revoked</c>, <c>@cert-authority</c>, or empty.</param>
/// <param name="Names">Patterns separated by commas, or one hashed name: <c>|1|salt|hash</c>.</param>
/// <param name="Type">The key's type, such as <c>ssh-ed25519</c>.</param>
/// <param name="Base64">The key as it stands in the line. Most lines are never compared, so it is not decoded at once.</param>
internal sealed record KnownHostLine(string Marker, string Names, string Type, string Base64)
{
    public const string Revoked = "@revoked";
    public const string CertAuthority = "@cert-authority";

    private const string HashPrefix = "|1|";

    /// <summary>The key; empty if the line is malformed.</summary>
    public byte[] Key => Bytes(Base64) ?? [];

    /// <summary>The names in lower case; null if there is a pattern or a hashed name among them.</summary>
    public IReadOnlyList<string>? PlainNames =>
        Names.AsSpan().ContainsAny('*', '?', '!') || Names.StartsWith('|') ? null : [.. Names.ToLowerInvariant().Split(',').Distinct()];

    /// <returns>Null for an empty line, a comment, and a malformed line.</returns>
    public static KnownHostLine? Parse(string text)
    {
        string[] words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0][0] == '#') return null;
        int first = words[0][0] == '@' ? 1 : 0;
        if (words.Length < first + 3) return null;
        return new KnownHostLine(first == 1 ? words[0] : "", words[first], words[first + 1], words[first + 2]);
    }

    /// <summary>The line for a new host.</summary>
    /// <param name="hashed">Whether the name is hashed.</param>
    public static string Write(string name, string type, byte[] key, bool hashed) =>
        $"{(hashed ? Hashed(name, RandomNumberGenerator.GetBytes(HMACSHA1.HashSizeInBytes)) : name)} {type} {Convert.ToBase64String(key)}";

    /// <param name="name">The name as in known_hosts: in lower case, <c>[name]:port</c> if the port is not 22.</param>
    public bool Holds(string name) => Names.StartsWith(HashPrefix, StringComparison.Ordinal)
        ? Names.Split('|') is [_, _, var salt, _] && Bytes(salt) is { } bytes && Hashed(name, bytes) == Names
        : HostPattern.MatchesAny(Names.ToLowerInvariant().Split(','), name);

    /// <summary>The format prescribes HMAC-SHA1.</summary>
    private static string Hashed(string name, byte[] salt)
    {
#pragma warning disable CA5350
        byte[] hash = HMACSHA1.HashData(salt, Encoding.UTF8.GetBytes(name));
#pragma warning restore CA5350
        return $"{HashPrefix}{Convert.ToBase64String(salt)}|{Convert.ToBase64String(hash)}";
    }

    private static byte[]? Bytes(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int length) ? bytes[..length] : null;
    }
}
