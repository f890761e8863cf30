namespace TreePush.Engine.Runs;

/// <summary>One of <see cref="RunControls"/>.</summary>
public abstract record RunControl
{
    private RunControl() { }

    public sealed record Stop(bool Kill) : RunControl;

    public sealed record Pause : RunControl;

    public sealed record Resume : RunControl;

    public sealed record Reconnect(bool OnlySlow) : RunControl;
}
