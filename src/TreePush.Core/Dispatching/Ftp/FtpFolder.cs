namespace TreePush.Core.Dispatching.Ftp;

/// <summary>A folder on an FTP server, from a rule: absolute, or relative to the folder that the login begins in.</summary>
public sealed class FtpFolder
{
    private readonly string[] _parts;
    private readonly bool _isAbsolute;

    private FtpFolder(string[] parts, bool isAbsolute) => (_parts, _isAbsolute) = (parts, isAbsolute);

    /// <param name="text">Such as <c>/opt/in</c>, <c>~/newcx</c> or <c>newcx</c>.</param>
    public static FtpFolder Of(string text)
    {
        bool isHome = text is "~" || text.StartsWith("~/", StringComparison.Ordinal);
        string[] parts = (isHome ? text[1..] : text).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return new FtpFolder([.. parts.Where(p => p != ".")], text.StartsWith('/'));
    }

    /// <summary>The URL of a file in it. Each part is escaped, so that none is taken for anything but a name.</summary>
    /// <param name="name">Empty for the folder itself.</param>
    public string Url(string address, int port, string name)
    {
        string server = address.Contains(':', StringComparison.Ordinal) ? $"[{address}]" : Uri.EscapeDataString(address);
        string path = string.Concat(_parts.Select(p => Uri.EscapeDataString(p) + "/"));
        return FormattableString.Invariant($"ftp://{server}:{port}/{(_isAbsolute ? "%2F" : "")}{path}{Uri.EscapeDataString(name)}");
    }

    /// <summary>The path of a file in it, as the argument of a command that is given in the folder that the login begins in.</summary>
    public string PathOf(string name)
    {
        string path = (_isAbsolute ? "/" : "") + string.Concat(_parts.Select(p => p + "/")) + name;
        // Servers may drop a space at the beginning, or read a tilde or an option there.
        return path[0] is ' ' or '~' or '-' ? "./" + path : path;
    }

    /// <summary>The folder as its rule has it, without a slash at the end.</summary>
    public override string ToString() => _parts.Length == 0 ? (_isAbsolute ? "/" : "~") : (_isAbsolute ? "/" : "") + string.Join('/', _parts);
}
