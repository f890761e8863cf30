namespace TreePush.Cli.Commands;

/// <summary>A command line that someone could want, and what for.</summary>
internal sealed record Example(string Purpose, string CommandLine);
