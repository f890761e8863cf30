namespace TreePush.Cli.Output.Queueing;

/// <summary>How a task that is followed is shown.</summary>
/// <param name="Live">As a view that is redrawn in place.</param>
/// <param name="Json">Changes as JSON on standard output, too.</param>
/// <param name="Quiet">Only failures.</param>
internal sealed record TaskScreenOptions(bool Live, bool Json, bool Quiet);
