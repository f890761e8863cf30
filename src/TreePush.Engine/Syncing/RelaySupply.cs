namespace TreePush.Engine.Syncing;

/// <summary>
/// Says where a host that has no relay gets it: the first two from this machine, all others from hosts that have it by then,
/// each of which hands it to one at a time. So it spreads as fast as it doubles, where this machine's uplink, which has the
/// files to carry, would carry it once a host. Each platform has a program of its own, and hosts of that platform alone hand it on.
/// </summary>
internal sealed class RelaySupply
{
    private const int MostFromHere = 2;

    /// <summary>After so many vain tries in a row hosts are taken not to reach each other.</summary>
    private const int MostInVain = 3;

    private readonly object _gate = new();
    private readonly Dictionary<string, Stock> _stocks = [];

    /// <summary>For one host, from before it is asked whether it has the relay until its own runs.</summary>
    public Lease NewLease() => new(this);

    /// <summary>A host has a relay that runs.</summary>
    public void Add(RelayPeer peer)
    {
        lock (_gate) StockOf(peer.Program).Add(peer);
    }

    private void Ask(Lease lease, string program)
    {
        lock (_gate) StockOf(program).Ask(lease);
    }

    private void Return(Lease lease, string program)
    {
        lock (_gate) StockOf(program).Return(lease);
    }

    private Stock StockOf(string program)
    {
        if (!_stocks.TryGetValue(program, out var stock)) _stocks.Add(program, stock = new Stock());
        return stock;
    }

    /// <summary>One host's claim to a supplier. Disposing of it lets the next host have that one.</summary>
    public sealed class Lease(RelaySupply supply) : IDisposable
    {
        private TaskCompletionSource? _granted;
        private string _program = "";

        /// <summary>The host that gives it; null for this machine.</summary>
        public RelayPeer? Peer { get; private set; }

        /// <summary>That host has given it.</summary>
        public bool Worked { get; set; }

        /// <summary>Waits for a supplier; one from an earlier attempt is given back.</summary>
        /// <param name="program">The hash of what is needed.</param>
        public async Task<RelayPeer?> TakeAsync(string program, CancellationToken ct)
        {
            Dispose();
            (_program, _granted) = (program, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            supply.Ask(this, program);
            await _granted.Task.WaitAsync(ct);
            return Peer;
        }

        public void Dispose()
        {
            if (_granted is null) return;
            supply.Return(this, _program);
            (_granted, Peer, Worked) = (null, null, false);
        }

        internal void Grant(RelayPeer? peer)
        {
            Peer = peer;
            _granted!.SetResult();
        }
    }

    /// <summary>Who gives one program, and who waits for it. Used under the supply's lock.</summary>
    private sealed class Stock
    {
        private readonly Queue<RelayPeer> _free = new();
        private readonly LinkedList<Lease> _waiting = [];
        private int _peers, _fromHere, _inVain;

        private bool IsHandedOn => _peers > 0 && _inVain < MostInVain;

        public void Add(RelayPeer peer)
        {
            _peers++;
            _free.Enqueue(peer);
            Serve();
        }

        public void Ask(Lease lease)
        {
            _waiting.AddLast(lease);
            Serve();
        }

        public void Return(Lease lease)
        {
            if (_waiting.Remove(lease)) return;
            if (lease.Peer is not { } peer) _fromHere--;
            else if (lease.Worked)
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

        private void Serve()
        {
            while (_waiting.First is { } first)
            {
                RelayPeer? peer = null;
                if (IsHandedOn && !_free.TryDequeue(out peer)) return;
                if (peer is null && _fromHere == MostFromHere) return;
                if (peer is null) _fromHere++;
                _waiting.RemoveFirst();
                first.Value.Grant(peer);
            }
        }
    }
}
