namespace TreePush.Engine.Folders;

/// <summary>Something that the user should know about a watch, which goes on all the same.</summary>
/// <param name="Message">In one line fit for display.</param>
/// <param name="Hint">What to do about it, or null.</param>
public sealed record FolderNotice(string Message, string? Hint = null)
{
    public override string ToString() => Hint is null ? Message : $"{Message} (hint: {Hint})";
}
