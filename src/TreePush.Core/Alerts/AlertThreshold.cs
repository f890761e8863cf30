namespace TreePush.Core.Alerts;

/// <summary>So many errors within a time raise an alert.</summary>
public readonly record struct AlertThreshold(TimeSpan Window, int Errors)
{
    public override string ToString() => FormattableString.Invariant($"{Window.TotalSeconds:0.###}: {Errors}");
}
