namespace TreePush.Testing;

/// <summary>How long tests wait for what must come to pass: far longer than it takes, as the machine may have other work.</summary>
internal static class Patience
{
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    /// <summary>For what begins only when a host has missed heartbeats for a while.</summary>
    public static readonly TimeSpan WithHeartbeats = TimeSpan.FromSeconds(60);
}
