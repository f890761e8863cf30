using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>A running relay, and what it has reported of itself.</summary>
internal sealed class RelaySession : IAsyncDisposable
{
    /// <summary>
    /// How long a relay may take from its start to its first message. A file system that hangs would delay that for ever.
    /// </summary>
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(60);

    private readonly ControlStream _control;
    private readonly CancellationTokenSource _ended = new();

    /// <summary>The token of <see cref="_ended"/>. Listeners may use it after its source is disposed of.</summary>
    private readonly CancellationToken _ending;
    private readonly Task _writing;
    private readonly IAsyncEnumerator<ControlMessage> _messages;

    private RelaySession(IRelayProcess process, ControlMessage.Start start, TimeProvider time)
    {
        (Process, Role, Secret) = (process, start.Role, start.Secret);
        _control = new ControlStream(process.Input, process.Output, time);
        _ending = _ended.Token;
        _messages = _control.ReadAllAsync(_ending).GetAsyncEnumerator(_ending);
        _writing = _control.WriteAllAsync(_ending);
    }

    public Host Host => Process.Host;

    public RelayRole Role { get; }

    public IRelayProcess Process { get; }

    /// <summary>The key that signs tokens for links to this relay.</summary>
    public byte[] Secret { get; }

    public RelayClock Clock { get; } = new();

    /// <summary>The relay's port, public key and addresses.</summary>
    public ControlMessage.Ready Ready { get; private set; } = new(0, [], [], TreePlace.Unknown);

    /// <summary>Sends the relay its start message, and waits until it is ready.</summary>
    /// <exception cref="RemoteException">The relay ended, or can't do what the message asks.</exception>
    public static async Task<RelaySession> StartAsync(IRelayProcess process, ControlMessage.Start start, TimeProvider time, CancellationToken ct)
    {
        var session = new RelaySession(process, start, time);
        try
        {
            session.Send(start);
            session.Ready = await session.NextAsync(ct).WaitAsync(ReadyPatience, time, ct) switch
            {
                ControlMessage.Ready ready => Checked(ready),
                ControlMessage.Failed failed => throw new RemoteException(RelayFailures.Of(start.Role, failed)),
                null => throw new RemoteException(await session.EndAsync()),
                var other => throw new WireException($"it begins with {other.GetType().Name}"),
            };
            return session;
        }
        catch (Exception e)
        {
            await session.DisposeAsync();
            throw e switch
            {
                WireException => new RemoteException(RelayFailures.OfNonsense(e.Message)),
                TimeoutException => new RemoteException(RelayFailures.OfSilence()),
                _ => e,
            };
        }
    }

    /// <summary>
    /// Checks what the relay reports of itself, which other relays receive. Invalid keys, and addresses that lead
    /// elsewhere, must not reach them.
    /// </summary>
    private static ControlMessage.Ready Checked(ControlMessage.Ready ready) => RelayKey.IsValid(ready.Key)
        ? ready with { Addresses = RelayAddress.Usable(ready.Addresses) }
        : throw new WireException("its key is invalid");

    public void Send(ControlMessage message) => _control.Send(message);

    /// <summary>Passes on the relay's messages until its end.</summary>
    /// <returns>Why the relay ended.</returns>
    public async Task<Failure> ListenAsync(Action<ControlMessage> take)
    {
        try
        {
            while (await NextAsync(_ending) is { } message) take(message);
        }
        catch (WireException e)
        {
            return RelayFailures.OfNonsense(e.Message);
        }

        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Close();
        await Process.DisposeAsync();
        await _ended.CancelAsync();
        try
        {
            await _writing;
        }
        catch (OperationCanceledException)
        {
            // The writer was cancelled; there is nothing to report.
        }

        _ended.Dispose();
    }

    private async Task<ControlMessage?> NextAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return await _messages.MoveNextAsync() ? _messages.Current : null;
    }

    private async Task<Failure> EndAsync()
    {
        var exit = await Process.Ended.WaitAsync(_ending);
        return exit.Failure ?? RelayFailures.OfEnd();
    }
}
