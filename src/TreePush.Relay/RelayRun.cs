using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using TreePush.Core.Syncing;
using TreePush.Relay.Control;
using TreePush.Relay.Files;
using TreePush.Relay.Files.Native;
using TreePush.Relay.Ledgers;
using TreePush.Relay.Links;
using TreePush.Relay.Pieces;
using TreePush.Relay.Sources;
using TreePush.Relay.Targets;

namespace TreePush.Relay;

/// <summary>A relay, from its first message to its end. It executes the controller's commands and reports to it.</summary>
internal sealed class RelayRun : IDisposable
{
    /// <summary>
    /// The interval of reports when nothing changes on a relay that has no work left. A relay at work reports every time, because
    /// its silence is a sign of failure.
    /// </summary>
    private static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(2);

    /// <summary>File system calls that take less time than this are not reported.</summary>
    private static readonly TimeSpan LeastStall = TimeSpan.FromSeconds(1);

    /// <summary>How long the cleanup at the end may take while the disk does not respond.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(2);

    /// <summary>The controller sends something every three seconds. If its machine fails silently, nothing else would show this for hours.</summary>
    private static readonly TimeSpan ControllerPatience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a successor waits before it writes. Meanwhile, other hosts send it the source's last pages, so that it does not
    /// hash again what the source has hashed.
    /// </summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromSeconds(2);

    private readonly ControlMessage.Start _start;
    private readonly ControlChannel _control;
    private readonly PathFilter _filter;
    private readonly PieceInventory _inventory = new();
    private readonly RelayIdentity _identity = new();
    private readonly PieceBufferPool _pool = new();
    private readonly LedgerReader _ledger;
    private readonly Serving _serving;
    private readonly SourceTree? _source;

    /// <summary>Keeps targets from writing SRC: a target with the same directory finds this claim and does nothing.</summary>
    private readonly Claim? _sourceClaim;
    private readonly TargetRun? _target;
    private readonly Listener _listener;
    private readonly ParentConnection? _parent;
    private readonly ManualResetEvent _ended = new(false);
    private Hasher? _hasher;
    private volatile bool _isDone;
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _heard = Stopwatch.GetTimestamp();

    /// <exception cref="RelayFaultException">SRC can't be read, or none of the allowed ports is free.</exception>
    /// <exception cref="SocketException">The relay can't listen.</exception>
    public RelayRun(ControlMessage.Start start, ControlChannel control)
    {
        (_start, _control) = (start, control);
        _filter = start.Options.Rules.Count == 0 ? PathFilter.Everything : PathFilter.Parse(start.Options.Rules).Filter ?? throw new WireException("a pattern is none");
        _ledger = new LedgerReader(start.Run, _inventory);
        var fresh = new FreshPieces();
        if (start.Role == RelayRole.Source)
        {
            _source = OpenSource();
            _sourceClaim = Claim.Make(start.Run, CanonicalPath.Of(UserPath.Expand(Encoding.UTF8.GetBytes(start.Path))), _identity.PublicKey, out _);
        }
        else
        {
            _target = new TargetRun(start, _filter, _inventory, fresh, control) { Key = _identity.PublicKey };
            _parent = new ParentConnection(start, control, _ledger, _pool, _target);
        }

        _serving = new Serving(_inventory, fresh, new RateLimit(start.Options.BandwidthLimit)) { NewEncoder = NewEncoder, Learn = page => _ledger.Take(page) };
        _listener = new Listener(start, _identity, _serving, text => control.Send(new ControlMessage.FileWarning("", text)));
    }

    /// <summary>Works until the controller closes the channel or is gone.</summary>
    public void Run()
    {
        _control.Send(new ControlMessage.Ready(_listener.Port, _identity.PublicKey, OwnAddresses.List(), _source?.Place() ?? TreePlace.Unknown));
        if (_source is not null) ServeSource();
        else Go("target", Work);
        Go("progress", Report);
        while (_control.Receive() is { } message)
        {
            Volatile.Write(ref _heard, Stopwatch.GetTimestamp());
            Execute(message);
        }
    }

    private void Work()
    {
        _target!.Run();
        _isDone = true;
    }

    public void Dispose()
    {
        _ended.Set();
        _listener.Dispose();
        _parent?.Clear();
        PutInOrder();
        _sourceClaim?.Dispose();
        _ledger.Dispose();
        _identity.Dispose();
    }

    /// <summary>
    /// Leaves DEST in order for a later run. It does not wait for a disk that does not respond, because the process would then
    /// stay and hold its links open.
    /// </summary>
    private void PutInOrder()
    {
        if (_target is null) return;
        var thread = new Thread(_target.Dispose) { IsBackground = true, Name = "end" };
        thread.Start();
        while (!thread.Join(EndPatience) && DiskClock.Oldest() < EndPatience) { }
    }

    private void Execute(ControlMessage message)
    {
        switch (message)
        {
            case ControlMessage.Attach attach: Execute(attach); break;
            case ControlMessage.Trust trust: _ledger.Trust(trust.Signers); break;
            case ControlMessage.Want want: Want(want.Entries); break;
            case ControlMessage.Promote promote: Promote(promote); break;
            case ControlMessage.Alive: break;
            default: throw new WireException($"{message.GetType().Name} is nothing that a controller says");
        }
    }

    private void Execute(ControlMessage.Attach attach)
    {
        if (_target is null) throw new WireException("a source has no parent");
        _ledger.Trust(attach.Signers);
        _target.KnowSource(attach.Source);
        int word = _parent!.Name();
        Go("parent", () => _parent.Take(attach, word));
    }

    private SourceTree OpenSource()
    {
        try
        {
            return SourceTree.OpenAt(Encoding.UTF8.GetBytes(_start.Path));
        }
        catch (FileFaultException e)
        {
            throw new RelayFaultException(RelayFault.NoSource, e.Fault.Text);
        }
    }

    private void ServeSource()
    {
        var ledger = new LedgerWriter(_start.Run, signer: 0, _identity, _inventory);
        var hasher = Appoint(new SourceContent(_source!, _inventory), ledger, []);
        Go("source", () =>
        {
            new SourceScanner(_source!, _start.Options, _filter, _inventory, ledger, _control).Run();
            hasher.Run();
        });
    }

    private void Promote(ControlMessage.Promote promote)
    {
        if (_target is null || promote.Signers.Count == 0) throw new WireException("only a host that has what the source had goes on for it");
        _ledger.Trust(promote.Signers);
        var ledger = new LedgerWriter(_start.Run, promote.Signers.Count - 1, _identity, _inventory);
        var hasher = Appoint(new CompleteFiles(_target.NewContent(), _inventory), ledger, promote.Wanted);
        _serving.Disproved = text => Fail(new RelayFaultException(RelayFault.Other, $"the files of this host differ from those of the source: {text}"));
        _parent!.Clear();
        Go("source", () => Succeed(hasher));
    }

    private void Succeed(Hasher hasher)
    {
        if (_ended.WaitOne(Gathering)) return;
        try
        {
            hasher.Run();
        }
        catch (LedgerConflictException e)
        {
            _serving.Disproved!(e.Message);
        }
    }

    /// <summary>Installs a hasher, which receives the wishes of children and of the controller from now on.</summary>
    private Hasher Appoint(ILedgerFiles files, LedgerWriter ledger, IReadOnlyList<PieceRange> wanted)
    {
        var hasher = new Hasher(files, _inventory, ledger, _control);
        lock (_inventory.Gate)
        {
            hasher.WantEntries(wanted);
            _serving.Wanted = hasher.WantPieces;
            _serving.Spoilt = hasher.Doubt;
            _hasher = hasher;
        }

        return hasher;
    }

    private void Want(IReadOnlyList<PieceRange> entries)
    {
        lock (_inventory.Gate)
        {
            _hasher?.WantEntries(entries);
            _inventory.Pulse();
        }
    }

    private void Report()
    {
        ControlMessage.Progress? last = null;
        for (var silent = TimeSpan.Zero; !_ended.WaitOne(_start.Options.ProgressEvery);)
        {
            if (Stopwatch.GetElapsedTime(Volatile.Read(ref _heard)) > ControllerPatience) Leave();
            silent += TimeSpan.FromMilliseconds(_start.Options.ProgressEvery);
            var now = Progress();
            if (last is not null && silent < AliveEvery && IsIdle(now) && IsSame(now, last)) continue;
            _control.Send(now);
            (last, silent) = (now, TimeSpan.Zero);
        }
    }

    /// <summary>Ends the process when the controller is gone. Incomplete files are kept for a later run.</summary>
    private void Leave()
    {
        Dispose();
        Environment.Exit(1);
    }

    private ControlMessage.Progress Progress()
    {
        var children = _listener.Children;
        long burst = _parent?.Burst ?? 0;
        var stalled = DiskClock.Oldest();
        lock (_inventory.Gate)
        {
            var (have, needed) = _target?.Progress() ?? (0, 0);
            return new ControlMessage.Progress(have, needed, _inventory.Received, [.. children.Select(c => c.Progress())])
            {
                At = (int)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(_began).TotalMilliseconds),
                Burst = burst,
                Pages = _inventory.Ledger.Known.Sum(),
                Stalled = stalled < LeastStall ? 0 : (int)Math.Min(int.MaxValue, stalled.TotalMilliseconds),
            };
        }
    }

    /// <summary>Whether neither this host nor one of its children waits for anything.</summary>
    private bool IsIdle(ControlMessage.Progress now) => (_isDone || _target is null) && now.Children.All(c => c.Remaining == 0);

    private static bool IsSame(ControlMessage.Progress a, ControlMessage.Progress b) =>
        a.Have == b.Have && a.Needed == b.Needed && a.Received == b.Received && a.Pages == b.Pages && a.Stalled == b.Stalled && a.Children.SequenceEqual(b.Children);

    /// <summary>Starts a part of the work on a thread of its own. Its failure is reported as a failure of the relay.</summary>
    private void Go(string name, Action work) => new Thread(() =>
    {
        try
        {
            work();
        }
        catch (RelayFaultException e)
        {
            Fail(e);
        }
        catch (Exception) when (_ended.WaitOne(0))
        {
            // The run is over, and the objects that this part used are closed.
        }
        catch (Exception e)
        {
            Fail(new RelayFaultException(RelayFault.Internal, $"{name}: {e}"));
        }
    })
    { IsBackground = true, Name = name }.Start();

    private void Fail(RelayFaultException e)
    {
        if (e.Fault == RelayFault.DiskFull) _target?.MakeRoom();
        _control.Send(new ControlMessage.Failed(e.Fault, e.CanServe, e.Message));
    }

    private PieceEncoder NewEncoder()
    {
        IContent content = _source is not null ? new SourceContent(_source, _inventory) : _target!.NewContent();
        return new PieceEncoder(_inventory, content, _pool, _start.Options.Compress);
    }
}
