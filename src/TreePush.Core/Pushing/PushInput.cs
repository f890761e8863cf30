namespace TreePush.Core.Pushing;

/// <summary>What happens to a run from outside: the only way to its state.</summary>
public abstract record PushInput
{
    private PushInput() { }

    /// <summary>The run begins.</summary>
    public sealed record Start : PushInput;

    /// <summary>What the probe has shown of some of the hosts asked for by <see cref="PushCommand.Probe"/>.</summary>
    public sealed record Probed(IReadOnlyList<ProbedHost> Hosts) : PushInput;

    /// <summary>A source asked for by <see cref="PushCommand.OpenSource"/> can take transfers.</summary>
    public sealed record SourceOpened(HostName Source) : PushInput;

    /// <summary>A source could not be opened, or its connection went away.</summary>
    public sealed record SourceLost(HostName Source, Failure Failure) : PushInput;

    /// <summary>A transfer is over.</summary>
    /// <param name="Failure">Why it failed, or null where it succeeded.</param>
    public sealed record TransferEnded(int Transfer, Failure? Failure) : PushInput;

    /// <summary>The time asked for by <see cref="PushCommand.WakeAt"/> has come.</summary>
    public sealed record Woken : PushInput;

    /// <summary>The user wants nothing new started until <see cref="Continue"/>.</summary>
    public sealed record Pause : PushInput;

    public sealed record Continue : PushInput;

    /// <summary>The user sends transfers back to the queue, to be tried from elsewhere: the slow ones or all.</summary>
    public sealed record Reconnect(bool OnlySlow) : PushInput;

    /// <summary>The user ends the run: what runs may end by itself, or is ended now.</summary>
    public sealed record Stop(bool Kill) : PushInput;
}
