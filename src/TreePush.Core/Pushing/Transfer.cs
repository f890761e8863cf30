namespace TreePush.Core.Pushing;

/// <summary>One source, one target, one attempt.</summary>
/// <param name="Id">Counts the run's transfers from 1.</param>
/// <param name="Attempt">Counts the target's transfers from 1.</param>
public sealed record Transfer(int Id, Host Source, Host Target, int Attempt)
{
    /// <summary>Neither end's zone is unknown, and they differ.</summary>
    public bool CrossesZones => Source.Placement.Zone is { } from && from != Target.Placement.Zone;

    public override string ToString() => $"{Source} → {Target}";
}
