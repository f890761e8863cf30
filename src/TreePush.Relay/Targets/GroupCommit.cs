using System.Diagnostics;
using TreePush.Relay.Files;
using TreePush.Relay.Files.Native;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>
/// Flushes complete files to the disk, many at a time, and gives them their final names only afterwards. It works on a thread of
/// its own: during a flush, the next files gather, pieces go to children, and heartbeats are sent. A disk that takes minutes
/// delays only this host's receipt.
/// </summary>
/// <param name="flush">Flushes files, and calls back with each file that failed.</param>
/// <param name="name">Gives a file its final name.</param>
/// <param name="fail">Called with a file that could not be flushed.</param>
internal sealed class GroupCommit(
    PieceInventory inventory, Action<IReadOnlyList<PartialFile>, Action<PartialFile, FileFault>> flush, Action<int> name, Action<int, FileFault> fail) : IDisposable
{
    /// <summary>A flush begins when this many files or bytes have gathered, after <see cref="MostGathering"/>, or when no more files are expected.</summary>
    private const int EnoughFiles = 512;
    private const long EnoughBytes = 16 << 20;

    /// <summary>The bounds of the number of files that wait or are being flushed. Each is an open file.</summary>
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

    /// <summary>Whether all added files have their final names.</summary>
    /// <exception cref="RelayFaultException">The host can't go on.</exception>
    public bool IsDone
    {
        get
        {
            lock (_gate) return _failure is null ? _waiting.Count + _inFlush == 0 : throw _failure;
        }
    }

    public void Start() => (_thread = new Thread(Work) { IsBackground = true, Name = "flush" }).Start();

    /// <summary>Waits until the flush in progress at the end is over.</summary>
    public void Join() => _thread?.Join();

    /// <summary>Adds a complete file. Waits while so many files are queued that the process could run out of descriptors.</summary>
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

    /// <summary>Makes the kernel begin to write a large file while more of it arrives, so that the final flush is short.</summary>
    public void Grow(PartialFile file)
    {
        lock (_gate)
        {
            if (_growing.Count >= LeastFiles) return;
            _growing.Enqueue(file);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Flushes the waiting files at once, because no more files are expected.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            _isUrgent = _waiting.Count > 0;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the work. Waiting files get no final name.</summary>
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
    /// <returns>The files to flush; an empty list if <paramref name="growing"/> is set; null if the run is over.</returns>
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
