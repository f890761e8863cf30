namespace TreePush.Core.Pushing;

/// <summary>A running transfer.</summary>
internal sealed class RunningTransfer(Transfer transfer, Source source, Target target, DateTimeOffset started)
{
    public Transfer Transfer { get; } = transfer;

    public Source Source { get; } = source;

    public Target Target { get; } = target;

    public DateTimeOffset Started { get; } = started;

    /// <summary>The user has sent the transfer back to the queue; it has not ended yet.</summary>
    public bool IsReturned { get; set; }
}
