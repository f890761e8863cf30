using TreePush.Core.Queueing;
using TreePush.Core.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>What a <see cref="TaskWatch"/> tells.</summary>
public abstract record SubmitStep
{
    private SubmitStep()
    {
    }

    /// <summary>How far the task is.</summary>
    public sealed record Viewed(TaskView View) : SubmitStep;

    /// <summary>The store can't be used. It is asked again and again.</summary>
    public sealed record StoreLost(Failure Failure) : SubmitStep;

    /// <summary>The store can be used again.</summary>
    public sealed record StoreBack : SubmitStep;

    /// <summary>The store had lost the task, and it was submitted again.</summary>
    /// <param name="IsOffered">Whether this machine is a source again: not if its file has changed.</param>
    public sealed record Repeated(bool IsOffered) : SubmitStep;
}
