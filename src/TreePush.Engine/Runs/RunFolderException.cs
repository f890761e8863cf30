namespace TreePush.Engine.Runs;

/// <summary>A run's folder can't be used.</summary>
public sealed class RunFolderException(string message, string? hint) : Exception(message)
{
    public string? Hint { get; } = hint;
}
