namespace TreePush.Engine.Syncing;

/// <summary>
/// Decides who sends the relay to a host that lacks it. This machine sends it to two hosts at a time while no host has
/// it. Then the hosts that have it pass it on, each to one host at a time. The number of hosts with the relay so doubles
/// at each step, whereas this machine's uplink, which has files to send, would carry the relay once for each host. Each
/// platform has a program of its own, which only hosts of that platform pass on.
/// </summary>
internal sealed class RelaySupply
{
    private const int MostFromHere = 2;

    /// <summary>After this many failures in a row, hosts are assumed not to reach each other.</summary>
    private const int MostInVain = 3;

    private readonly object _gate = new();
    private readonly Dictionary<string, Stock> _stocks = [];

    /// <summary>
    /// A lease for one host. It begins before the host is asked whether it has the relay, and ends when its own relay
    /// runs.
    /// </summary>
    public Lease NewLease() => new(this);

    /// <summary>Adds a host whose relay runs.</summary>
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

    /// <summary>One host's claim to a supplier. Disposing of it frees the supplier for the next host.</summary>
    public sealed class Lease(RelaySupply supply) : IDisposable
    {
        private TaskCompletionSource? _granted;
        private string _program = "";

        /// <summary>The host that sends the relay; null for this machine.</summary>
        public RelayPeer? Peer { get; private set; }

        /// <summary><see cref="Peer"/> has sent the relay.</summary>
        public bool Worked { get; set; }

        /// <summary>Waits for a supplier. Returns the supplier of an earlier attempt first.</summary>
        /// <param name="program">The hash of the program that the host needs.</param>
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

    /// <summary>The suppliers of one program, and the leases that wait for it. Used under the supply's lock.</summary>
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
