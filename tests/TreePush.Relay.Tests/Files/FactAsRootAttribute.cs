namespace TreePush.Relay.Tests.Files;

/// <summary>A test that only root can set up, and that is skipped, saying so, for others.</summary>
internal sealed class FactAsRootAttribute : FactAttribute
{
    public FactAsRootAttribute()
    {
        if (!Machine.IsRoot) Skip = "only root can do this";
    }
}
