namespace TreePush.Core.Dispatching;

/// <summary>A rule as it is written.</summary>
/// <param name="Where">The file and the line, for problems.</param>
public sealed record RuleText(string Where, FileNamePattern Pattern)
{
    /// <summary>Hosts with ranges, as <c>-w</c> has them, and files with host lists.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    public string? Login { get; init; }

    public string? Password { get; init; }

    /// <summary>The account that some FTP servers ask for besides the login.</summary>
    public string? Account { get; init; }

    public Transport Via { get; init; }

    public FolderPattern Folder { get; init; } = FolderPattern.Default;

    public string? InstallCommand { get; init; }

    public TimeSpan? InstallLimit { get; init; }

    /// <summary>Shows no password.</summary>
    public override string ToString() => $"{Where}: {Pattern}";
}
