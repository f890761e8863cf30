namespace TreePush.Core.Pushing;

/// <summary>An input to the state machine of a push. Nothing else changes the run's state.</summary>
public abstract record PushInput
{
    private PushInput() { }

    /// <summary>The run begins.</summary>
    public sealed record Start : PushInput;

    /// <summary>The results of the probe for some of the hosts of a <see cref="PushCommand.Probe"/>.</summary>
    public sealed record Probed(IReadOnlyList<ProbedHost> Hosts) : PushInput;

    /// <summary>A source of a <see cref="PushCommand.OpenSource"/> is ready for transfers.</summary>
    public sealed record SourceOpened(HostName Source) : PushInput;

    /// <summary>A source could not be opened, or its connection broke.</summary>
    public sealed record SourceLost(HostName Source, Failure Failure) : PushInput;

    /// <summary>A transfer is over.</summary>
    /// <param name="Failure">Why the transfer failed; null if it succeeded.</param>
    public sealed record TransferEnded(int Transfer, Failure? Failure) : PushInput;

    /// <summary>The time of a <see cref="PushCommand.WakeAt"/> has come.</summary>
    public sealed record Woken : PushInput;

    /// <summary>The user pauses the run: nothing new is started until <see cref="Continue"/>.</summary>
    public sealed record Pause : PushInput;

    public sealed record Continue : PushInput;

    /// <summary>The user sends running transfers, all or only the slow ones, back to the queue, to be tried from other sources.</summary>
    public sealed record Reconnect(bool OnlySlow) : PushInput;

    /// <summary>The user ends the run. Running transfers finish, or are ended if <paramref name="Kill"/> is set.</summary>
    public sealed record Stop(bool Kill) : PushInput;
}
