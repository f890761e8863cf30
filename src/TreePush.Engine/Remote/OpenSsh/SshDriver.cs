using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>
/// Reaches hosts by the OpenSSH client, so that everything in the user's ssh_config works: jump hosts, agents,
/// certificates, hardware keys, Kerberos.
/// </summary>
public sealed class SshDriver(SshOptions options, TimeProvider time, Action<string> debug) : IRemoteHostDriver
{
    private const int Attempts = 5;

    private readonly Lazy<SocketFolder> _sockets = new(() => new SocketFolder());

    /// <summary>Connects, and tries again where a server in the way only had too much to do: sshd drops connections that come in a burst.</summary>
    public async Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct)
    {
        for (int attempt = 1; ; attempt++)
            try
            {
                var connection = options.ShareConnections ? await ConnectAsync(host, ct).ConfigureAwait(false) : null;
                return new SshHost(this, host, connection);
            }
            catch (RemoteException e) when (e.Failure.IsPassing && attempt < Attempts)
            {
                // The pause differs from host to host, so that those that were dropped together do not come back together.
                double spread = 0.5 + ((uint)host.Name.GetHashCode() % 1000 / 1000.0);
                await Task.Delay(TimeSpan.FromSeconds(0.3 * spread * (1 << attempt)), time, ct).ConfigureAwait(false);
            }
    }

    public ValueTask DisposeAsync()
    {
        if (_sockets.IsValueCreated) _sockets.Value.Dispose();
        return ValueTask.CompletedTask;
    }

    internal async Task<SharedConnection> ConnectAsync(Host host, CancellationToken ct)
    {
        string socket = _sockets.Value.NextSocket();
        debug(Shown(SshCommandLine.Share(options, host, socket)));
        return await SharedConnection.OpenAsync(options, host, socket, ct).ConfigureAwait(false);
    }

    internal ChildProgram Join(Host host, SharedConnection connection) => Start(SshCommandLine.Join(options, host, connection.Socket));

    internal ChildProgram Connect(Host host) => Start(SshCommandLine.Connect(options, host));

    internal ShellSession Talk(ChildProgram child) => new(child, time);

    private ChildProgram Start(IReadOnlyList<string> arguments)
    {
        debug(Shown(arguments));
        return ChildProgram.Start("ssh", arguments);
    }

    /// <summary>The command line as it could be typed into a shell. There is no secret in it: those never are in arguments.</summary>
    private static string Shown(IReadOnlyList<string> arguments) => "ssh " + string.Join(' ', arguments.Select(Word));

    private static string Word(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_=./:@%+,".Contains(c, StringComparison.Ordinal)) ? word : ShellWord.Quote(word);
}
