namespace TreePush.Engine.Remote.Ssh;

/// <summary>
/// The secrets that the user gives to log in with. They are kept in memory only: never in a request, a log or an
/// argument.
/// </summary>
/// <param name="Password">The password for hosts that ask for one; null if the user gave none.</param>
public sealed record SshSecrets(string? Password = null)
{
    /// <summary>
    /// Asks the user for the passphrase of the key at a path; null if the user can't be asked, or enters nothing.
    /// </summary>
    public Func<string, string?> AskPassphrase { get; init; } = _ => null;

    public static SshSecrets None { get; } = new();

    /// <summary>Contains no secret.</summary>
    public override string ToString() => nameof(SshSecrets);
}
