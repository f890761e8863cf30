namespace TreePush.Testing;

/// <summary>What a firewall does to those it does not let through.</summary>
public enum Refusal
{
    /// <summary>Nothing: they wait for an answer that never comes.</summary>
    Drop,

    /// <summary>It says so: connections are refused at once, and established ones reset.</summary>
    Reject,
}
