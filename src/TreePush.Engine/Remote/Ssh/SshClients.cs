using TreePush.Core.Hosts;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Engine.Remote.SshNet;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>Selects the ssh client.</summary>
public static class SshClients
{
    /// <summary>The client that a run uses on this machine.</summary>
    public static SshClientKind Resolve(SshOptions options, SshSecrets secrets)
    {
        if (options.Client != SshClientKind.Auto) return options.Client;
        bool canTakeSecrets = secrets.Password is null || PasswordPipe.IsSupported;
        return canTakeSecrets && ProgramPath.Find("ssh") is not null ? SshClientKind.OpenSsh : SshClientKind.Builtin;
    }

    /// <summary>Why the client can't be used on this machine with these options; empty if it can.</summary>
    public static IReadOnlyList<Problem> Problems(SshOptions options, SshSecrets secrets)
    {
        if (Resolve(options, secrets) == SshClientKind.Builtin) return SshNetDriver.Problems(options);
        if (ProgramPath.Find("ssh") is null)
            return [new Problem("--ssh-client", "there is no ssh on this machine", "install the OpenSSH client: apt-get install openssh-client, dnf install openssh-clients; or --ssh-client builtin")];
        if (secrets.Password is not null && !PasswordPipe.IsSupported)
            return [new Problem("--ssh-client", "ssh can't be given a password on this system", "--ssh-client builtin can")];
        return [];
    }

    public static IRemoteHostDriver NewDriver(SshOptions options, SshSecrets secrets, TimeProvider time, Action<string> debug) =>
        Resolve(options, secrets) == SshClientKind.Builtin
            ? new SshNetDriver(options, secrets, time, debug)
            : new SshDriver(OperatingSystem.IsWindows() ? options with { ShareConnections = false } : options, secrets, time, debug);
}
