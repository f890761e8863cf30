using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>A relay that runs, and what is known of it.</summary>
internal sealed class RelaySession : IAsyncDisposable
{
    /// <summary>How long a relay may take from its start to its first word, which a file system that hangs would keep it from.</summary>
    private static readonly TimeSpan ReadyPatience = TimeSpan.FromSeconds(60);

    private readonly ControlStream _control;
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Of <see cref="_ended"/>, which whoever listens may outlive.</summary>
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

    /// <summary>What tokens for links to it are made with.</summary>
    public byte[] Secret { get; }

    public RelayClock Clock { get; } = new();

    /// <summary>Its port, its key, its addresses.</summary>
    public ControlMessage.Ready Ready { get; private set; } = new(0, [], [], TreePlace.Unknown);

    /// <summary>Starts a relay and tells it what it is for.</summary>
    /// <exception cref="RemoteException">It could not be started, or can't do what it is for.</exception>
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

    /// <summary>What a relay says of itself is passed on to others: a key that is no key, and addresses that lead elsewhere, must not get there.</summary>
    private static ControlMessage.Ready Checked(ControlMessage.Ready ready) => RelayKey.IsValid(ready.Key)
        ? ready with { Addresses = RelayAddress.Usable(ready.Addresses) }
        : throw new WireException("its key is invalid");

    public void Send(ControlMessage message) => _control.Send(message);

    /// <summary>Hands over what the relay says, to its end.</summary>
    /// <returns>Why it ended.</returns>
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
            // Nobody is there to be told.
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
