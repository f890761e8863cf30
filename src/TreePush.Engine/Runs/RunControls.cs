namespace TreePush.Engine.Runs;

/// <summary>What a person can do to a run while it goes on. What is asked for before it begins is done at its beginning, and afterwards nothing.</summary>
public sealed class RunControls
{
    private readonly Lock _gate = new();
    private readonly List<RunControl> _early = [];
    private Action<RunControl>? _deliver;

    /// <summary>Starts nothing more, and lets what runs end; with <paramref name="kill"/> ends it.</summary>
    public void Stop(bool kill) => Give(new RunControl.Stop(kill));

    /// <summary>Starts nothing more until <see cref="Resume"/>. Only a push can pause.</summary>
    public void Pause() => Give(new RunControl.Pause());

    public void Resume() => Give(new RunControl.Resume());

    /// <summary>Sends transfers back to the queue, to be tried from elsewhere: the slow ones or all. Only a push has transfers.</summary>
    public void Reconnect(bool onlySlow) => Give(new RunControl.Reconnect(onlySlow));

    /// <summary>From now on they are delivered: those that were asked for before come first.</summary>
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
