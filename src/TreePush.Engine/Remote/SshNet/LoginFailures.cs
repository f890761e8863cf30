using System.Net.Sockets;
using Renci.SshNet.Common;
using Renci.SshNet.Messages.Transport;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>Explains why a login of the builtin client failed, in the same words as for OpenSSH.</summary>
internal static class LoginFailures
{
    private const string OpenSshHint = "take OpenSSH's client, which can: --ssh-client openssh";

    /// <param name="faults">Why keys could not be used.</param>
    public static Failure Of(Exception e, Host host, HostKeyVerdict verdict, IReadOnlyList<string> faults)
    {
        if (OfKey(host, verdict) is { } distrust && e is not (SocketException or SshAuthenticationException)) return distrust;
        return e switch
        {
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } unknown =>
                SshDiagnosis.Of(FailureKind.HostUnreachable, host, $"Could not resolve hostname: {unknown.Message}"),
            SocketException socket => SshDiagnosis.Of(KindOf(socket.SocketErrorCode), host, socket.Message),
            SshOperationTimeoutException or TimeoutException => SshDiagnosis.Of(FailureKind.HostUnreachable, host, "Connection timed out"),
            SshAuthenticationException => SshDiagnosis.Of(FailureKind.HostAuthentication, host, string.Join("; ", faults.Prepend(e.Message))),
            SshConnectionException { DisconnectReason: DisconnectReason.KeyExchangeFailed } => SshDiagnosis.Of(FailureKind.HostUnusable, host, e.Message),
            SshConnectionException when e.Message.Contains("Too many authentication failures", StringComparison.Ordinal) =>
                SshDiagnosis.Of(FailureKind.HostAuthentication, host, e.Message),
            SshConnectionException => SshDiagnosis.Of(FailureKind.ConnectionLost, host, e.Message),
            _ => SshDiagnosis.Of(FailureKind.HostUnusable, host, e.Message),
        };
    }

    /// <summary>The configuration asks for something that the client does not support.</summary>
    public static Failure OfConfig(Host host, string refusal) =>
        new(FailureKind.HostUnusable, $"{host} is reached in a way that the builtin ssh client can't: {refusal}", OpenSshHint);

    /// <summary>ssh would not start with this configuration, or it can't be read.</summary>
    public static Failure OfMalformedConfig(Host host, string fault) =>
        new(FailureKind.ControllerFault, $"the ssh configuration for {host} can't be used: {fault}", "correct it; -F names another file");

    /// <summary>known_hosts can't be read, so that nobody can say whether the host's key has changed.</summary>
    public static Failure OfKnownHosts(Host host, string why) =>
        new(FailureKind.ControllerFault, $"the host key of {host} can't be checked: {why}", "make known_hosts readable, or name other files: --ssh-option UserKnownHostsFile=FILE");

    public static Failure OfNoKey(Host host, IReadOnlyList<string> faults) => SshDiagnosis.Of(
        FailureKind.HostAuthentication, host, faults.Count > 0 ? string.Join("; ", faults) : "there is no key to log in with, and the builtin ssh client asks no agent");

    private static Failure? OfKey(Host host, HostKeyVerdict verdict) => verdict switch
    {
        HostKeyVerdict.Changed => SshDiagnosis.Of(FailureKind.HostKeyMismatch, host, ""),
        HostKeyVerdict.Revoked => new Failure(FailureKind.HostKeyMismatch, $"the host key of {host} was revoked", "known_hosts has it behind @revoked: another machine may answer there"),
        HostKeyVerdict.Certified => new Failure(FailureKind.HostUnusable, $"{host} is vouched for by a certificate, which the builtin ssh client can't check", OpenSshHint),
        HostKeyVerdict.Unknown => new Failure(FailureKind.HostKeyMismatch, $"the host key of {host} is not known, and StrictHostKeyChecking wants it to be", "add it to known_hosts first"),
        _ => null,
    };

    private static FailureKind KindOf(SocketError error) => error switch
    {
        SocketError.ConnectionRefused => FailureKind.HostRefused,
        SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => FailureKind.ConnectionLost,
        SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable or SocketError.AddressNotAvailable => FailureKind.ControllerFault,
        _ => FailureKind.HostUnreachable,
    };
}
