namespace TreePush.Engine.Remote.Ssh;

/// <summary>What the user gives to log in with, kept in memory alone: it is no part of a request, a log or an argument.</summary>
/// <param name="Password">The password for hosts that want one; null for none.</param>
public sealed record SshSecrets(string? Password = null)
{
    /// <summary>Asks the user for a key's passphrase, once for each key; null where there is nobody to ask, or nothing is given.</summary>
    public Func<string, string?> AskPassphrase { get; init; } = _ => null;

    public static SshSecrets None { get; } = new();

    /// <summary>Shows no secret, wherever it may be printed.</summary>
    public override string ToString() => nameof(SshSecrets);
}
