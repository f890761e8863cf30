namespace TreePush.Core.Hosts;

/// <summary>A machine that sends or receives files, with the fields that its list gives it.</summary>
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

    /// <summary>The login name, or null to let ssh choose.</summary>
    public string? User { get; }

    /// <summary>The other fields of the host's row, by upper-case name without the TPUSH_ prefix.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; private init; } = NoVariables;

    /// <summary>The host's row as its list has it, so that a list of failed hosts has the same format; null if the host comes from no list.</summary>
    public string? Row { get; init; }

    public HostName Name { get; }

    public Placement Placement { get; private init; }

    /// <summary>Whether commands for this host run here, without ssh. This is so for a name of this machine on the default port, without a user.</summary>
    public bool IsLocal => Name == HostName.Local && User is null;

    /// <summary>Returns a field of the list: HOST, PORT, USER or a variable; null if the host has no field of that name.</summary>
    public string? Field(string name) => name switch
    {
        "HOST" => Address,
        "PORT" => Port.ToString(),
        "USER" => User,
        _ => Variables.GetValueOrDefault(name),
    };

    /// <summary>Returns the same host with these variables. The variable ZONE sets the host's zone.</summary>
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
