namespace TreePush.Core.Hosts;

/// <summary>A machine that files go to or come from, with what its list says of it.</summary>
public sealed record Host
{
    public const int DefaultPort = 22;

    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    public Host(string address, int port = DefaultPort, string? user = null)
    {
        Address = address.Equals("local", StringComparison.OrdinalIgnoreCase) ? HostName.Local.Value : address;
        Port = port;
        User = user;
        Name = HostName.Of(Address, port);
        Placement = Placement.Of(this);
    }

    /// <summary>The address as the user wrote it (a name, IPv4, or IPv6 without brackets): the value of TPUSH_HOST.</summary>
    public string Address { get; }

    public int Port { get; }

    /// <summary>The login name, or null for whatever ssh itself would take.</summary>
    public string? User { get; }

    /// <summary>The host's other named fields, by upper-case name without the TPUSH_ prefix.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; private init; } = NoVariables;

    /// <summary>The host's row as its list had it, so that a list of failed hosts is again such a list; null where it came from none.</summary>
    public string? Row { get; init; }

    public HostName Name { get; }

    public Placement Placement { get; private init; }

    /// <summary>Whether commands for this host run here, without ssh: a name of this machine with no port or user of its own.</summary>
    public bool IsLocal => Name == HostName.Local && User is null;

    /// <summary>The value of a list's field: HOST, PORT, USER or a variable; null where the host has none of that name.</summary>
    public string? Field(string name) => name switch
    {
        "HOST" => Address,
        "PORT" => Port.ToString(),
        "USER" => User,
        _ => Variables.GetValueOrDefault(name),
    };

    /// <summary>The same host with these variables; one named ZONE places it.</summary>
    public Host WithVariables(IReadOnlyDictionary<string, string> variables)
    {
        var host = this with { Variables = variables };
        return host with { Placement = Placement.Of(host) };
    }

    public bool Equals(Host? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode();

    public override string ToString() => Name.Value;

    internal static bool IsThisMachine(string address) =>
        address is "127.0.0.1" or "::1"
        || address.Equals("localhost", StringComparison.OrdinalIgnoreCase) || address.Equals("local", StringComparison.OrdinalIgnoreCase);
}
