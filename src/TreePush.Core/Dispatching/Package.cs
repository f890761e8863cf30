using System.Collections.Immutable;

namespace TreePush.Core.Dispatching;

/// <summary>A file that arrived, and how far it has come at each host.</summary>
public sealed record Package(PackageArrived Arrival, ImmutableDictionary<HostName, Delivery> Deliveries)
{
    public string Id => Arrival.Package;

    public string Name => Arrival.Name;

    /// <summary>Whether nothing more happens by itself.</summary>
    public bool IsFinal => Deliveries.Values.All(IsFinalAt);

    /// <summary>Whether all hosts have it, and have it installed where there is something to install.</summary>
    public bool IsDone => Deliveries.Values.All(d => d.State == (Arrival.Installs ? PackageState.Installed : PackageState.Delivered));

    /// <summary>The state that is told of the whole package: what needs a person first, else that of the host that is furthest behind.</summary>
    public PackageState State
    {
        get
        {
            var states = Deliveries.Values.Select(d => d.State).ToList();
            if (states.Contains(PackageState.Unknown)) return PackageState.Unknown;
            return states.Contains(PackageState.Failed) && IsFinal ? PackageState.Failed : states.Where(s => s != PackageState.Failed).DefaultIfEmpty(PackageState.Failed).Min();
        }
    }

    public static Package Of(PackageArrived arrival) =>
        new(arrival, arrival.Hosts.ToImmutableDictionary(h => h, h => new Delivery(h, PackageState.Arrived) { Since = arrival.Time }));

    public bool IsFinalAt(Delivery delivery) => PackageTransitions.IsFinal(delivery.State, Arrival.Installs);
}
