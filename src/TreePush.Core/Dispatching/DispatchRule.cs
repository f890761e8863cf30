namespace TreePush.Core.Dispatching;

/// <summary>Which files go where, and what is done with them there.</summary>
public sealed record DispatchRule(FileNamePattern Pattern)
{
    /// <summary>The rule's name in the journal: the text of its pattern.</summary>
    public string Name => Pattern.Text;

    public required IReadOnlyList<HostAccess> Hosts { get; init; }

    public FolderPattern Folder { get; init; } = FolderPattern.Default;

    /// <summary>A shell command that each host runs after the delivery; null for none.</summary>
    public string? InstallCommand { get; init; }

    /// <summary>How long the install command may run.</summary>
    public TimeSpan InstallLimit { get; init; } = TimeSpan.FromHours(1);
}
