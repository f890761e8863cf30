using System.Net;

namespace TreePush.Core.Hosts;

/// <summary>
/// What tells one host from another: its address and, where it is not 22, its port (<c>10.0.0.1</c>,
/// <c>web1:2222</c>, <c>[fe80::1]:2222</c>). Letters are lower case, and every name of this machine is <c>127.0.0.1</c>.
/// </summary>
public readonly record struct HostName : IComparable<HostName>
{
    /// <summary>The controller's own machine.</summary>
    public static readonly HostName Local = new("127.0.0.1");

    private readonly string? _value;

    /// <param name="value">The name as this type prints it; it is taken as it is.</param>
    public HostName(string value) => _value = value;

    /// <summary>The name as it is printed, logged and journaled.</summary>
    public string Value => _value ?? "";

    public static HostName Of(string address, int port)
    {
        if (port == Host.DefaultPort && Host.IsThisMachine(address)) return Local;
        string lower = Canonical(address);
        if (port == Host.DefaultPort) return new HostName(lower);
        string bracketed = lower.Contains(':', StringComparison.Ordinal) ? $"[{lower}]" : lower;
        return new HostName($"{bracketed}:{port}");
    }

    /// <summary>An IPv6 address can be written in many ways; they all name one host.</summary>
    private static string Canonical(string address) =>
        address.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(address, out var parsed) ? parsed.ToString() : address.ToLowerInvariant();

    public int CompareTo(HostName other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(HostName left, HostName right) => left.CompareTo(right) < 0;
    public static bool operator >(HostName left, HostName right) => left.CompareTo(right) > 0;
    public static bool operator <=(HostName left, HostName right) => left.CompareTo(right) <= 0;
    public static bool operator >=(HostName left, HostName right) => left.CompareTo(right) >= 0;
}
