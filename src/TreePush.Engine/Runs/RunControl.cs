namespace TreePush.Engine.Runs;

/// <summary>A request to a run, made through <see cref="RunControls"/>.</summary>
public abstract record RunControl
{
    private RunControl() { }

    public sealed record Stop(bool Kill) : RunControl;

    public sealed record Pause : RunControl;

    public sealed record Resume : RunControl;

    public sealed record Reconnect(bool OnlySlow) : RunControl;
}
