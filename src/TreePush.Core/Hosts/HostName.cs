using System.Net;

namespace TreePush.Core.Hosts;

/// <summary>
/// The identity of a host: its address and, unless it is 22, its port (<c>10.0.0.1</c>, <c>web1:2222</c>, <c>[fe80::1]:2222</c>).
/// Letters are lower case. Every name of this machine becomes <c>127.0.0.1</c>.
/// </summary>
public readonly record struct HostName : IComparable<HostName>
{
    /// <summary>The controller's own machine.</summary>
    public static readonly HostName Local = new("127.0.0.1");

    private readonly string? _value;

    /// <param name="value">A name in the form that this type prints. It is not checked.</param>
    public HostName(string value) => _value = value;

    /// <summary>The name as it appears on the screen, in logs and in the journal.</summary>
    public string Value => _value ?? "";

    public static HostName Of(string address, int port)
    {
        if (port == Host.DefaultPort && Host.IsThisMachine(address)) return Local;
        string lower = Canonical(address);
        if (port == Host.DefaultPort) return new HostName(lower);
        string bracketed = lower.Contains(':', StringComparison.Ordinal) ? $"[{lower}]" : lower;
        return new HostName($"{bracketed}:{port}");
    }

    /// <summary>Returns one spelling for all the ways in which an IPv6 address can be written.</summary>
    private static string Canonical(string address) =>
        address.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(address, out var parsed) ? parsed.ToString() : address.ToLowerInvariant();

    public int CompareTo(HostName other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(HostName left, HostName right) => left.CompareTo(right) < 0;
    public static bool operator >(HostName left, HostName right) => left.CompareTo(right) > 0;
    public static bool operator <=(HostName left, HostName right) => left.CompareTo(right) <= 0;
    public static bool operator >=(HostName left, HostName right) => left.CompareTo(right) >= 0;
}
