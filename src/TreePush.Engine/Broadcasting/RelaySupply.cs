namespace TreePush.Engine.Broadcasting;

/// <summary>
/// Says where a host that has no relay gets it: the first two from this machine, all others from hosts that have it by then,
/// each of which hands it to one at a time. So it spreads as fast as it doubles, where this machine's uplink, which has the
/// files to carry, would carry it once a host.
/// </summary>
internal sealed class RelaySupply
{
    private const int MostFromHere = 2;

    /// <summary>After so many vain tries in a row hosts are taken not to reach each other.</summary>
    private const int MostInVain = 3;

    private readonly object _gate = new();
    private readonly Queue<RelayPeer> _free = new();
    private readonly LinkedList<TaskCompletionSource<RelayPeer?>> _waiting = [];
    private int _peers, _fromHere, _inVain;

    private bool IsHandedOn => _peers > 0 && _inVain < MostInVain;

    /// <summary>For one host, from before it is asked whether it has the relay until its own runs.</summary>
    public Lease NewLease() => new(this);

    /// <summary>A host has a relay that runs.</summary>
    public void Add(RelayPeer peer)
    {
        lock (_gate)
        {
            _peers++;
            _free.Enqueue(peer);
            Serve();
        }
    }

    private Task<RelayPeer?> Take(TaskCompletionSource<RelayPeer?> wish)
    {
        lock (_gate)
        {
            _waiting.AddLast(wish);
            Serve();
            return wish.Task;
        }
    }

    private void Return(TaskCompletionSource<RelayPeer?> wish, bool worked)
    {
        lock (_gate)
        {
            if (_waiting.Remove(wish)) return;
            if (wish.Task.Result is not { } peer) _fromHere--;
            else if (worked)
            {
                _inVain = 0;
                _free.Enqueue(peer);
            }
            else
            {
                _inVain++;
                _peers--;
            }

            Serve();
        }
    }

    private void Serve()
    {
        while (_waiting.First is { } first)
        {
            RelayPeer? peer = null;
            if (IsHandedOn && !_free.TryDequeue(out peer)) return;
            if (peer is null && _fromHere == MostFromHere) return;
            if (peer is null) _fromHere++;
            _waiting.RemoveFirst();
            first.Value.SetResult(peer);
        }
    }

    /// <summary>One host's claim to a supplier. Disposing of it lets the next host have that one.</summary>
    public sealed class Lease(RelaySupply supply) : IDisposable
    {
        private TaskCompletionSource<RelayPeer?>? _wish;

        /// <summary>The supplier has given it.</summary>
        public bool Worked { get; set; }

        /// <summary>Waits for a supplier.</summary>
        /// <returns>A host, or null for this machine.</returns>
        public Task<RelayPeer?> TakeAsync(CancellationToken ct)
        {
            _wish = new TaskCompletionSource<RelayPeer?>(TaskCreationOptions.RunContinuationsAsynchronously);
            return supply.Take(_wish).WaitAsync(ct);
        }

        public void Dispose()
        {
            if (_wish is { } wish) supply.Return(wish, Worked);
            _wish = null;
        }
    }
}
