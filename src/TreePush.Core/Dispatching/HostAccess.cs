namespace TreePush.Core.Dispatching;

/// <summary>A host as a rule names it, and how to log in to it.</summary>
/// <param name="Host">Its user is the login; null for the one that ssh would take.</param>
/// <param name="Password">Null for a login with keys.</param>
public sealed record HostAccess(Host Host, string? Password, Transport Via)
{
    /// <summary>The account that some FTP servers ask for besides the login; null for none.</summary>
    public string? Account { get; init; }

    /// <summary>Shows no password.</summary>
    public override string ToString() => $"{Host} via {Via}";
}
