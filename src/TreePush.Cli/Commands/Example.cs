namespace TreePush.Cli.Commands;

/// <summary>An example command line and its purpose.</summary>
internal sealed record Example(string Purpose, string CommandLine);
