using System.Threading.Channels;
using TreePush.Core.Dispatching;

namespace TreePush.Engine.Dispatching;

/// <summary>
/// The journal of a dispatcher, and the only place where its state is. An event counts when it is on the disk. Events that are
/// given at the same time are written together. A step that can't follow what the journal has by then, because another process
/// was faster, is not written.
/// </summary>
public sealed class DispatchJournal : IAsyncDisposable
{
    private readonly JournalFile _file;
    private readonly IDisposable _user;
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _gate = new();
    private readonly PackageBook _book = new();
    private readonly Task _writing;

    /// <param name="user">Keeps the journal from being compacted by others.</param>
    private DispatchJournal(JournalFile file, IDisposable user)
    {
        (_file, _user) = (file, user);
        _writing = Task.Run(WriteAllAsync);
    }

    /// <summary>Opens the journal. A large one that nobody else uses is compacted first.</summary>
    /// <param name="now">The time, for what is old.</param>
    /// <exception cref="IOException">The journal can't be read or written.</exception>
    public static async Task<DispatchJournal> OpenAsync(DispatchFolder folder, DateTimeOffset now, CancellationToken ct)
    {
        var user = await JournalUsers.JoinAsync(folder.Journal, () => JournalCompaction.Run(folder.Journal, now), ct);
        var journal = new DispatchJournal(JournalFile.Open(folder.Journal), user);
        await journal.RefreshAsync(ct);
        return journal;
    }

    /// <summary>Looks something up.</summary>
    public T Read<T>(Func<PackageBook, T> look)
    {
        lock (_gate) return look(_book);
    }

    /// <summary>Writes an event.</summary>
    /// <returns>Whether it was written: false if it can't follow what is in the journal.</returns>
    public Task<bool> AppendAsync(DispatchEvent happened, CancellationToken ct) => AddAsync(new Entry(happened), ct);

    /// <summary>Reads what other processes have written.</summary>
    public Task RefreshAsync(CancellationToken ct) => AddAsync(new Entry(null), ct);

    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        await _writing;
        _file.Dispose();
        _user.Dispose();
    }

    private Task<bool> AddAsync(Entry entry, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(!_entries.Writer.TryWrite(entry), this);
        // What was given is written; the caller may not go on without knowing whether it was.
        return entry.Written.Task;
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Entry>();
        while (await _entries.Reader.WaitToReadAsync())
        {
            while (_entries.Reader.TryRead(out var entry)) batch.Add(entry);
            try
            {
                using (await _file.LockAsync(CancellationToken.None)) Write(batch);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                foreach (var entry in batch) entry.Written.TrySetException(e);
            }

            batch.Clear();
        }
    }

    private void Write(List<Entry> batch)
    {
        lock (_gate)
        {
            foreach (var happened in _file.ReadNew()) _book.Apply(happened);
            foreach (var entry in batch) entry.Accepted = entry.Happened is null || _book.Apply(entry.Happened);
            _file.Append(batch.Where(e => e.Accepted).Select(e => e.Happened).OfType<DispatchEvent>().ToList());
        }

        foreach (var entry in batch) entry.Written.TrySetResult(entry.Accepted);
    }

    /// <param name="Happened">Null to have the journal read only.</param>
    private sealed record Entry(DispatchEvent? Happened)
    {
        public TaskCompletionSource<bool> Written { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Accepted { get; set; }
    }
}
