using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace TreePush.Core.Hosts;

/// <summary>
/// Checks addresses, ports and users. Each of them ends up on a command line of ssh, so text that ssh could read as an option, or
/// a shell as its own syntax, is refused. The refused characters are those of OpenSSH 9.6.
/// </summary>
public static partial class HostSyntax
{
    private const string ForbiddenInUser = "'`\";&<>|(){}\\$*?[]!#~:/";

    /// <summary>Returns a sentence that says what is wrong with the address, or null.</summary>
    public static string? FaultInAddress(string address)
    {
        if (address.Length == 0) return "the host is empty";
        if (address.Length > 253) return $"the host {Quoted(address)} is longer than a name can be";
        // .NET also accepts brackets, a port and a scope of any characters in an IPv6 address; ssh does not.
        bool valid = NamePattern().IsMatch(address) || (IPv6Pattern().IsMatch(address) && IPAddress.TryParse(address, out _));
        return valid ? null : $"{Quoted(address)} is not a host name or address";
    }

    public static bool TryPort(string text, out int port) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is >= 1 and <= 65535;

    public static string FaultInPort(string text) => $"the port {Quoted(text)} is not a number from 1 to 65535";

    public static string? FaultInUser(string user)
    {
        bool valid = user.Length is > 0 and <= 255 && user[0] != '-'
            && !user.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || ForbiddenInUser.Contains(c, StringComparison.Ordinal));
        // An account of a Windows domain is written as DOMAIN\name.
        if (!valid && DomainUserPattern().IsMatch(user)) valid = true;
        return valid ? null : $"the user {Quoted(user)} is not a login name";
    }

    /// <summary>Returns the text in quotes, shortened and escaped for a message.</summary>
    public static string Quoted(string text) => $"'{DisplayText.Line(text, 60)}'";

    [GeneratedRegex(@"^[A-Za-z0-9_][A-Za-z0-9_.\-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"^[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%[A-Za-z0-9_.\-]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex IPv6Pattern();

    [GeneratedRegex(@"^[A-Za-z0-9_.\-]+\\[A-Za-z0-9_][A-Za-z0-9_.\-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DomainUserPattern();
}
