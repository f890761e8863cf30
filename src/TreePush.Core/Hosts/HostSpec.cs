namespace TreePush.Core.Hosts;

/// <summary>Parses hosts given on the command line: <c>[user@]host[:port],…</c> with ranges; IPv6 addresses are in brackets.</summary>
public static class HostSpec
{
    /// <param name="option">The option that the text belongs to, for the messages: <c>-s</c>.</param>
    public static (IReadOnlyList<Host> Hosts, IReadOnlyList<Problem> Problems) Parse(string option, string text)
    {
        IReadOnlyList<string> names;
        try
        {
            names = HostRange.Expand(text);
        }
        catch (FormatException e)
        {
            return ([], [new Problem(option, e.Message, "for example 10.0.0.[1-9,12] or root@web[01-12].example:2222")]);
        }

        var hosts = new List<Host>();
        var problems = new List<Problem>();
        foreach (string name in names)
        {
            var (host, fault) = ParseOne(name);
            if (host is not null) hosts.Add(host);
            else problems.Add(new Problem(option, fault!, "hosts are written [user@]host[:port], an IPv6 address in brackets: [fe80::1]:22"));
        }

        return (hosts, problems);
    }

    private static (Host? Host, string? Fault) ParseOne(string text)
    {
        string? user = null;
        string rest = text;
        int at = text.LastIndexOf('@');
        if (at >= 0) (user, rest) = (text[..at], text[(at + 1)..]);

        string address = rest;
        string? portText = null;
        if (rest.StartsWith('['))
        {
            int close = rest.IndexOf(']', StringComparison.Ordinal);
            address = rest[1..close];
            string tail = rest[(close + 1)..];
            if (tail.Length > 0 && tail[0] != ':') return (null, $"{HostSyntax.Quoted(text)} has text after its bracket");
            if (tail.Length > 0) portText = tail[1..];
        }
        else if (rest.Count(c => c == ':') == 1)
        {
            int colon = rest.IndexOf(':', StringComparison.Ordinal);
            (address, portText) = (rest[..colon], rest[(colon + 1)..]);
        }

        int port = Host.DefaultPort;
        if (HostSyntax.FaultInAddress(address) is { } bad) return (null, bad);
        if (portText is not null && !HostSyntax.TryPort(portText, out port)) return (null, HostSyntax.FaultInPort(portText));
        if (user is not null && HostSyntax.FaultInUser(user) is { } badUser) return (null, badUser);
        return (new Host(address, port, user), null);
    }
}
