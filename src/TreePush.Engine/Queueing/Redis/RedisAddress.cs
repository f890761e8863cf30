using System.Globalization;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>
/// A Redis server, or the nodes of a cluster, or the sentinels of a master, as a URL names them:
/// <code>
/// redis://[[user]:[password]@]host[:port][,host[:port]…][/database]       rediss://… with TLS
/// redis+sentinel://[[user]:[password]@]host[:port][,…]/service[/database] rediss+sentinel://… with TLS
/// </code>
/// User and password are percent-encoded.
/// </summary>
public sealed record RedisAddress
{
    private const int DefaultPort = 6379, DefaultSentinelPort = 26379, MaxDatabase = 65535;
    private const string Example = "redis://host:6379/0";

    private RedisAddress()
    {
    }

    public bool IsTls { get; private init; }

    /// <summary>Never empty.</summary>
    public IReadOnlyList<RedisEndpoint> Endpoints { get; private init; } = [];

    public string? User { get; private init; }

    public string? Password { get; private init; }

    /// <summary>Null for the first.</summary>
    public int? Database { get; private init; }

    /// <summary>The name under which sentinels know the master; null where the endpoints are servers themselves.</summary>
    public string? Service { get; private init; }

    /// <param name="where">The option or file that has the text.</param>
    /// <param name="text">The URL.</param>
    /// <param name="problems">Gets all that is wrong with it. No problem shows a password.</param>
    /// <returns>Null if something is wrong.</returns>
    public static RedisAddress? Parse(string where, string text, List<Problem> problems)
    {
        int before = problems.Count;
        int start = text.IndexOf("://", StringComparison.Ordinal);
        string scheme = start < 0 ? "" : text[..start].ToLowerInvariant();
        if (scheme is not ("redis" or "rediss" or "redis+sentinel" or "rediss+sentinel"))
        {
            string what = start < 0 ? "this is no URL" : $"the scheme {HostSyntax.Quoted(scheme)} is not known";
            problems.Add(new Problem(where, what, $"{Example}, rediss:// for TLS, redis+sentinel://host:26379/service"));
            return null;
        }

        bool isSentinel = scheme.EndsWith("sentinel", StringComparison.Ordinal);
        var (login, rest) = SplitAtLast(text[(start + 3)..], '@');
        var (hosts, path) = SplitAtFirst(rest, '/');
        var (user, password) = login is null ? (null, null) : SplitAtFirst(login, ':');
        var (service, database) = isSentinel ? SplitAtFirst(path ?? "", '/') : (null, path);
        var address = new RedisAddress
        {
            IsTls = scheme.StartsWith("rediss", StringComparison.Ordinal),
            Endpoints = [.. hosts.Split(',').Select(h => ParseEndpoint(where, h, isSentinel ? DefaultSentinelPort : DefaultPort, problems))],
            User = Decoded(user),
            Password = Decoded(password),
            Database = ParseDatabase(where, database, problems),
            Service = Decoded(service),
        };
        if (isSentinel && address.Service is null) problems.Add(new Problem(where, "the name of the service is missing", "redis+sentinel://host:26379/service"));
        return problems.Count == before ? address : null;
    }

    /// <summary>Shows it without its password.</summary>
    public override string ToString()
    {
        string scheme = (IsTls ? "rediss" : "redis") + (Service is null ? "" : "+sentinel");
        string user = User is null ? "" : $"{Uri.EscapeDataString(User)}@";
        string service = Service is null ? "" : $"/{Uri.EscapeDataString(Service)}";
        string database = Database is null ? "" : $"/{Database}";
        return $"{scheme}://{user}{string.Join(',', Endpoints)}{service}{database}";
    }

    private static RedisEndpoint ParseEndpoint(string where, string text, int defaultPort, List<Problem> problems)
    {
        int colon = text.LastIndexOf(':');
        bool isBracketed = text.StartsWith('[');
        if (isBracketed && colon < text.IndexOf(']', StringComparison.Ordinal)) colon = -1;
        string host = colon < 0 ? text : text[..colon];
        if (isBracketed) host = host.Trim('[', ']');
        int port = defaultPort;
        if (colon >= 0 && !HostSyntax.TryPort(text[(colon + 1)..], out port)) problems.Add(new Problem(where, HostSyntax.FaultInPort(text[(colon + 1)..])));
        if (HostSyntax.FaultInAddress(host) is { } fault || (fault = IPv6WithoutBrackets(host, isBracketed)) is not null) problems.Add(new Problem(where, fault, Example));
        return new RedisEndpoint(host, port);
    }

    private static string? IPv6WithoutBrackets(string host, bool isBracketed) =>
        !isBracketed && host.Contains(':', StringComparison.Ordinal) ? $"{HostSyntax.Quoted(host)} needs brackets: [{DisplayText.Line(host, 60)}]" : null;

    private static int? ParseDatabase(string where, string? text, List<Problem> problems)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int database) && database <= MaxDatabase) return database;
        problems.Add(new Problem(where, $"the database {HostSyntax.Quoted(text)} is not a number from 0 on", Example));
        return null;
    }

    private static string? Decoded(string? text) => string.IsNullOrEmpty(text) ? null : Uri.UnescapeDataString(text);

    private static (string First, string? Second) SplitAtFirst(string text, char separator) =>
        text.IndexOf(separator, StringComparison.Ordinal) is var at && at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);

    private static (string? First, string Second) SplitAtLast(string text, char separator) =>
        text.LastIndexOf(separator) is var at && at < 0 ? (null, text) : (text[..at], text[(at + 1)..]);
}
