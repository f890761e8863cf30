using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using TreePush.Core.Dispatching.Arrivals;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>
/// The record of the files of a watched folder that need no handling, on the disk: what arrived while nobody watched is what a
/// scan finds and the record lacks. A line is handed to the operating system when it is written, so a process that is killed
/// loses none. A power cut may lose the last ones; their files then arrive again, as packages that the journal knows. It is used
/// by one thread at a time, and by one process.
/// </summary>
public sealed class SeenFiles : IDisposable
{
    /// <summary>Stale lines that are not worth a new file.</summary>
    private const int FewStale = 1000;

    private readonly string _path;
    private readonly FileStream _lock;
    private readonly ArrayBufferWriter<byte> _lines = new();
    private FileStream _file;
    private int _count;
    private bool _isCut;

    private SeenFiles(string path, FileStream held)
    {
        (_path, _lock) = (path, held);
        _file = Append(path);
        Load();
    }

    /// <summary>What the record says.</summary>
    public KnownFiles Known { get; } = new();

    /// <summary>Whether the folder was never scanned before, so that nobody knows what was there.</summary>
    public bool IsNew { get; private set; } = true;

    /// <summary>Which folder was scanned, as device and inode; null if that is not known.</summary>
    public string? Root { get; private set; }

    /// <summary>The name of the record of a watched folder.</summary>
    /// <param name="stateFolder">Where the records are.</param>
    public static string PathFor(string stateFolder, string watchedFolder) =>
        Path.Combine(stateFolder, $"seen-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.TrimEndingDirectorySeparator(Path.GetFullPath(watchedFolder)))))[..16]}.jsonl");

    /// <exception cref="RunFolderException">Another process uses the record.</exception>
    /// <exception cref="IOException">It can't be read or written.</exception>
    public static SeenFiles Open(string path)
    {
        FileStream held;
        try
        {
            held = new FileStream(path + ".lock", PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path + ".lock"))
        {
            throw new RunFolderException("another treepush watches this folder", "stop it first, or give this one another --state folder");
        }

        try
        {
            return new SeenFiles(path, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Notes which folder is scanned.</summary>
    public void SetRoot(string root)
    {
        if (Root == root) return;
        Root = root;
        Add(SeenLine.OfRoot(root));
    }

    /// <summary>Notes that the folder was scanned, so that whatever is not in the record is new.</summary>
    /// <exception cref="IOException">The record can't be written.</exception>
    public void EndBaseline()
    {
        IsNew = false;
        Add(SeenLine.Baseline);
        Save();
        _file.Flush(flushToDisk: true);
    }

    /// <summary>Writes what has changed in <see cref="Known"/>. When it returns, a process that is killed loses none of it.</summary>
    /// <exception cref="IOException">The record can't be written.</exception>
    public void Save()
    {
        foreach (var change in Known.TakeChanges()) Add(SeenLine.OfChange(change));
        if (_lines.WrittenCount == 0) return;
        try
        {
            if (_isCut) _file.Write("\n"u8);
            _isCut = true;
            _file.Write(_lines.WrittenSpan);
            _isCut = false;
            _lines.ResetWrittenCount();
        }
        finally
        {
            if (_lines.FreeCapacity > 1 << 20) _lines.Clear();
        }

        if (_count > (2 * Known.Count) + FewStale) Rewrite();
    }

    public void Dispose()
    {
        _file.Dispose();
        _lock.Dispose();
    }

    private void Add(SeenLine line)
    {
        line.Write(_lines);
        _count++;
    }

    private void Load()
    {
        using var reader = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var rest = new LineReader(reader);
        while (rest.TryRead(out var text))
        {
            _count++;
            if (!SeenLine.TryRead(text, out var line)) continue;
            if (line.IsBaseline) IsNew = false;
            else if (line.Root is not null) Root = line.Root;
            else if (line.Version is { } version) Known.Load(line.Path, version);
            else Known.Remove(line.Path);
        }

        _isCut = !rest.EndsInNewline;
        Known.TakeChanges();
    }

    /// <summary>Replaces the record by one without stale lines.</summary>
    private void Rewrite()
    {
        string temporary = _path + ".new";
        File.Delete(temporary);
        _count = 0;
        try
        {
            using (var file = Append(temporary))
            {
                if (Root is not null) Add(SeenLine.OfRoot(Root));
                if (!IsNew) Add(SeenLine.Baseline);
                foreach (var (path, version) in Known.Files)
                {
                    Add(SeenLine.OfChange(new KnownChange(path, version)));
                    if (_lines.WrittenCount > 1 << 16) Drain(file);
                }

                Drain(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path, overwrite: true);
        }
        catch (IOException)
        {
            // The old record is as good. Another attempt is made when it has grown by as much again.
            _count = Known.Count;
            _lines.ResetWrittenCount();
        }

        _file.Dispose();
        _file = Append(_path);
    }

    private void Drain(FileStream file)
    {
        file.Write(_lines.WrittenSpan);
        _lines.ResetWrittenCount();
    }

    private static FileStream Append(string path)
    {
        var options = PrivateFile.Options(FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        options.BufferSize = 0; // What a full disk did not take must not be tried once more, and fail, when the file is closed.
        return new FileStream(path, options);
    }
}
