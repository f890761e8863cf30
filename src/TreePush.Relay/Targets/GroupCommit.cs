using System.Diagnostics;
using TreePush.Relay.Files;
using TreePush.Relay.Files.Native;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>
/// Brings whole files to the disk, many at a time, and only then has them named. It works on a thread of its own: while one flush runs the next files
/// gather, pieces go on to children, and signs of life are given. A disk that takes minutes holds up nothing but this host's receipt.
/// </summary>
/// <param name="flush">Flushes files, and calls with each that failed.</param>
/// <param name="name">Gives a file its name.</param>
/// <param name="fail">A file could not be flushed.</param>
internal sealed class GroupCommit(
    PieceInventory inventory, Action<IReadOnlyList<PartialFile>, Action<PartialFile, FileFault>> flush, Action<int> name, Action<int, FileFault> fail) : IDisposable
{
    /// <summary>A flush begins when so much has gathered, or after <see cref="MostGathering"/>, or when nothing more is to come.</summary>
    private const int EnoughFiles = 512;
    private const long EnoughBytes = 16 << 20;

    /// <summary>Each of these is an open file.</summary>
    private const int MostFiles = 4096, LeastFiles = 16;

    private static readonly TimeSpan MostGathering = TimeSpan.FromMilliseconds(50);

    private readonly object _gate = new();
    private readonly int _most = Math.Clamp((DescriptorLimit.Soft() - 256) / 2, LeastFiles, MostFiles);
    private readonly Queue<PartialFile> _growing = new();
    private List<(int Entry, PartialFile File)> _waiting = [];
    private long _bytes;
    private long _began;
    private Thread? _thread;
    private int _inFlush;
    private bool _isUrgent, _isOver;
    private RelayFaultException? _failure;

    /// <summary>Whether all files that were added have their names.</summary>
    /// <exception cref="RelayFaultException">The host can't go on.</exception>
    public bool IsDone
    {
        get
        {
            lock (_gate) return _failure is null ? _waiting.Count + _inFlush == 0 : throw _failure;
        }
    }

    public void Start() => (_thread = new Thread(Work) { IsBackground = true, Name = "flush" }).Start();

    /// <summary>Waits until a flush that was under way at the end is over.</summary>
    public void Join() => _thread?.Join();

    /// <summary>Takes a file that is whole. Waits while so many wait that the process could run out of descriptors.</summary>
    /// <exception cref="RelayFaultException">The host can't go on.</exception>
    /// <exception cref="ObjectDisposedException">The run is over.</exception>
    public void Add(int entry, PartialFile file)
    {
        lock (_gate)
        {
            while (_waiting.Count + _inFlush >= _most && _failure is null && !_isOver) Monitor.Wait(_gate);
            if (_failure is not null) throw _failure;
            ObjectDisposedException.ThrowIf(_isOver, this);
            if (_waiting.Count == 0) _began = Stopwatch.GetTimestamp();
            _waiting.Add((entry, file));
            _bytes += file.Entry.Size;
            if (_waiting.Count == 1 || IsEnough) Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Has the disk begin with a large file while more of it comes: its last flush is the shorter.</summary>
    public void Grow(PartialFile file)
    {
        lock (_gate)
        {
            if (_growing.Count >= LeastFiles) return;
            _growing.Enqueue(file);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Nothing more is to come: what waits is flushed at once.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            _isUrgent = _waiting.Count > 0;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>What waits is left unnamed.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isOver = true;
            _waiting.Clear();
            Monitor.PulseAll(_gate);
        }
    }

    private bool IsEnough => _isUrgent || _waiting.Count >= Math.Min(EnoughFiles, _most) || _bytes >= EnoughBytes;

    private void Work()
    {
        try
        {
            while (Next(out var growing) is { } batch)
            {
                growing?.StartWriting();
                if (batch.Count > 0) Commit(batch);
            }
        }
        catch (RelayFaultException e)
        {
            Fail(e);
        }
        catch (Exception e)
        {
            Fail(new RelayFaultException(Core.Wire.RelayFault.Internal, $"flush: {e}"));
        }
    }

    /// <summary>Waits for something to do.</summary>
    /// <returns>Files to flush, or none where one that grows is to be begun with; null when the run is over.</returns>
    private List<(int Entry, PartialFile File)>? Next(out PartialFile? growing)
    {
        lock (_gate)
        {
            growing = null;
            while (!_isOver)
            {
                var left = _waiting.Count == 0 ? Timeout.InfiniteTimeSpan : MostGathering - Stopwatch.GetElapsedTime(_began);
                if (_waiting.Count > 0 && (IsEnough || left <= TimeSpan.Zero)) return Take();
                if (_growing.TryDequeue(out growing)) return [];
                TimedWait.For(_gate, left);
            }

            return null;
        }
    }

    private List<(int Entry, PartialFile File)> Take()
    {
        var batch = _waiting;
        (_waiting, _bytes, _isUrgent, _inFlush) = ([], 0, false, batch.Count);
        return batch;
    }

    private void Commit(List<(int Entry, PartialFile File)> batch)
    {
        var failed = new Dictionary<PartialFile, FileFault>();
        flush([.. batch.Select(b => b.File)], failed.Add);
        foreach (var (entry, file) in batch)
        {
            if (failed.TryGetValue(file, out var fault)) fail(entry, fault);
            else name(entry);
        }

        lock (_gate)
        {
            _inFlush = 0;
            Monitor.PulseAll(_gate);
        }

        Notify();
    }

    private void Fail(RelayFaultException e)
    {
        lock (_gate)
        {
            _failure = e;
            Monitor.PulseAll(_gate);
        }

        Notify();
    }

    private void Notify()
    {
        lock (inventory.Gate) inventory.Pulse();
    }
}
