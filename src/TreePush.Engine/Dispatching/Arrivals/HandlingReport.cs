namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>What a task that handles a file says to the loop.</summary>
/// <param name="Acknowledged">To be completed when the acknowledgement is written; null if the task has ended.</param>
/// <param name="Fault">What the task ended by, other than cancellation.</param>
internal sealed record HandlingReport(ArrivedFile File, TaskCompletionSource? Acknowledged, Exception? Fault);
