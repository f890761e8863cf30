namespace TreePush.Engine.Runs;

/// <summary>
/// The user's controls of a run. Requests before its start take effect at the start; requests after its end have no
/// effect.
/// </summary>
public sealed class RunControls
{
    private readonly Lock _gate = new();
    private readonly List<RunControl> _early = [];
    private Action<RunControl>? _deliver;

    /// <summary>Starts nothing more, and lets what runs finish; with <paramref name="kill"/>, ends it.</summary>
    public void Stop(bool kill) => Give(new RunControl.Stop(kill));

    /// <summary>Starts nothing more until <see cref="Resume"/>. Only a push can pause.</summary>
    public void Pause() => Give(new RunControl.Pause());

    public void Resume() => Give(new RunControl.Resume());

    /// <summary>
    /// Sends running transfers back to the queue, to be tried from other sources: the slow ones, or all. Only a push has
    /// transfers.
    /// </summary>
    public void Reconnect(bool onlySlow) => Give(new RunControl.Reconnect(onlySlow));

    /// <summary>Delivers requests from now on, those that were made before first.</summary>
    public void Bind(Action<RunControl> deliver)
    {
        lock (_gate)
        {
            _deliver = deliver;
            _early.ForEach(deliver);
            _early.Clear();
        }
    }

    private void Give(RunControl control)
    {
        lock (_gate)
            if (_deliver is { } deliver) deliver(control);
            else _early.Add(control);
    }
}
