namespace TreePush.Engine.Dispatching.Configs;

/// <summary>What is known of a host's logins.</summary>
public sealed record Credentials(string? Login, string? Password, string? Account)
{
    /// <summary>Shows no secret.</summary>
    public override string ToString() => nameof(Credentials);
}
