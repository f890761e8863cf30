using TreePush.Core.Manifests;

namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>
/// Decides when a file has arrived: at once if it was moved in, else when its size and mtime have stood still for the quiet
/// period. A file that changes after that arrives again. Whoever calls must look at each file that is due and tell what he
/// found; until then the file has not arrived. It costs memory only for files that are under way.
/// </summary>
/// <param name="quiet">How long size and mtime must stand still.</param>
/// <param name="retry">How long a file waits that was handled and not acknowledged.</param>
/// <param name="known">The files that need no handling. The tracker keeps it up to date.</param>
public sealed class ArrivalTracker(TimeSpan quiet, TimeSpan retry, KnownFiles known)
{
    private readonly Dictionary<RelativePath, OpenFile> _open = [];
    private readonly PriorityQueue<RelativePath, DateTimeOffset> _times = new();
    private readonly Queue<RelativePath> _arrived = new();

    /// <summary>Files that are not known yet.</summary>
    public int OpenCount => _open.Count;

    /// <summary>When <see cref="TakeDue"/> is to be called next; null if no file waits.</summary>
    public DateTimeOffset? NextDue => _times.TryPeek(out _, out var due) ? due : null;

    /// <summary>A regular file is there.</summary>
    public void Observe(RelativePath path, FileVersion version, FileSign sign, DateTimeOffset now)
    {
        known.Saw(path);
        bool isOther = sign is FileSign.Created or FileSign.MovedIn;
        if (!_open.TryGetValue(path, out var file))
        {
            if (isOther) known.Remove(path);
            else if (known.Contains(path, version)) return;
            _open[path] = file = new OpenFile { Version = version, Due = now + quiet };
        }
        else if (file.Version != version || file.IsGone) Change(file, version, now);

        file.IsWhole |= sign == FileSign.MovedIn;
        if (file.Stage == OpenFileStage.Waiting) Settle(path, file, now);
    }

    /// <summary>A name is gone.</summary>
    public void Gone(RelativePath path)
    {
        known.Remove(path);
        Close(path);
    }

    /// <summary>A folder was moved away, with all that is in it.</summary>
    public void GoneBelow(RelativePath folder)
    {
        known.RemoveBelow(folder);
        foreach (var path in _open.Keys.Where(p => p.IsBelow(folder)).ToList()) Close(path);
    }

    /// <summary>This version needs no handling: it was there before, or is no file that could be handled.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Ignore(RelativePath path, FileVersion version)
    {
        known.Saw(path);
        Close(path);
        if (known.Contains(path, version)) return false;
        known.Set(path, version);
        return true;
    }

    /// <summary>The files that may have stood still for long enough. Each is to be looked at, then <see cref="Observe"/> or <see cref="Gone"/> called.</summary>
    public IReadOnlyList<RelativePath> TakeDue(DateTimeOffset now)
    {
        var due = new List<RelativePath>();
        while (_times.TryPeek(out var path, out var time) && time <= now)
        {
            _times.Dequeue();
            if (!_open.TryGetValue(path, out var file)) continue;
            if (file.QueuedFor != time) continue;
            file.QueuedFor = null;
            if (file.Stage != OpenFileStage.Waiting) continue;
            if (file.Due <= now) due.Add(path);
            Enqueue(path, file, file.Due > now ? file.Due : now + quiet);
        }

        return due;
    }

    /// <summary>Takes the next file that has arrived. <see cref="Ended"/> must follow.</summary>
    public Arrival? TakeArrived()
    {
        while (_arrived.TryDequeue(out var path))
        {
            if (!_open.TryGetValue(path, out var file) || file.Stage != OpenFileStage.Arrived) continue;
            (file.Stage, file.Handled, file.IsWhole) = (OpenFileStage.Handling, file.Version, false);
            return new Arrival(path, file.Handled);
        }

        return null;
    }

    /// <summary>The version that is handled is safe elsewhere, and never arrives again.</summary>
    public void Acknowledge(RelativePath path)
    {
        if (!_open.TryGetValue(path, out var file) || file.Stage != OpenFileStage.Handling) return;
        file.IsAcknowledged = true;
        if (!file.IsGone) known.Set(path, file.Handled);
    }

    /// <summary>A file is no longer handled.</summary>
    /// <param name="changed">It changed while it was read, so it waits for the quiet period. Else it waits longer, if it was not acknowledged.</param>
    public void Ended(RelativePath path, bool changed, DateTimeOffset now)
    {
        if (!_open.TryGetValue(path, out var file) || file.Stage != OpenFileStage.Handling) return;
        bool isOther = file.Version != file.Handled || file.IsWhole;
        if (file.IsGone || (file.IsAcknowledged && !isOther))
        {
            _open.Remove(path);
            return;
        }

        (file.Stage, file.IsAcknowledged) = (OpenFileStage.Waiting, false);
        if (!isOther) file.Due = now + (changed ? quiet : retry);
        Settle(path, file, now, mayArrive: file.IsWhole);
    }

    private void Change(OpenFile file, FileVersion version, DateTimeOffset now)
    {
        (file.Version, file.Due, file.IsWhole, file.IsGone) = (version, now + quiet, false, false);
        if (file.Stage == OpenFileStage.Arrived) file.Stage = OpenFileStage.Waiting;
    }

    private void Settle(RelativePath path, OpenFile file, DateTimeOffset now, bool mayArrive = true)
    {
        if (mayArrive && (file.IsWhole || now >= file.Due))
        {
            file.Stage = OpenFileStage.Arrived;
            _arrived.Enqueue(path);
        }
        else Enqueue(path, file, file.Due);
    }

    private void Enqueue(RelativePath path, OpenFile file, DateTimeOffset due)
    {
        if (file.QueuedFor <= due) return;
        file.QueuedFor = due;
        _times.Enqueue(path, due);
    }

    private void Close(RelativePath path)
    {
        if (!_open.TryGetValue(path, out var file)) return;
        if (file.Stage == OpenFileStage.Handling) file.IsGone = true;
        else _open.Remove(path);
    }
}
