using TreePush.Core.Hosts;

namespace TreePush.Cli.Commands.Planning;

/// <summary>
/// Invented hosts for a plan: targets 10.x.y.z in the order of a list, and one source in the zone of the first target.
/// </summary>
internal sealed class ImaginedFleet
{
    public const int MostHosts = HostRange.MostNames;

    /// <summary>Hosts in each /24.</summary>
    private const int InOneNetwork = 250;

    private ImaginedFleet(Host source, IReadOnlyList<Host> targets, int zones) => (Source, Targets, Zones) = (source, targets, zones);

    public Host Source { get; }

    public IReadOnlyList<Host> Targets { get; }

    public int Zones { get; }

    /// <param name="zones">The number of zones to divide the hosts into, in order; null for one zone for each /24.</param>
    public static ImaginedFleet Of(int hosts, int? zones)
    {
        var source = new Host("10.0.0.254");
        if (zones is not { } count) return new(source, [.. Enumerable.Range(0, hosts).Select(Address)], (hosts + InOneNetwork - 1) / InOneNetwork);
        var names = Enumerable.Range(1, count)
            .Select(z => new Dictionary<string, string> { ["ZONE"] = z.ToString() }).ToList();
        var targets = Enumerable.Range(0, hosts).Select(i => Address(i).WithVariables(names[(int)((long)i * count / hosts)]));
        return new(source.WithVariables(names[0]), [.. targets], count);
    }

    private static Host Address(int i)
    {
        int network = i / InOneNetwork;
        return new Host($"10.{network >> 8}.{network & 255}.{(i % InOneNetwork) + 1}");
    }
}
