using System.Collections.Concurrent;
using System.Text;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// One known_hosts file. It is read again only when its length or time has changed: a run looks up thousands of hosts, and
/// the user may correct the file meanwhile.
/// </summary>
internal sealed class KnownHostsFile
{
    /// <summary>How long to wait while another process adds a line.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly ConcurrentDictionary<string, KnownHostsFile> All = [];

    private readonly Lock _gate = new();
    private readonly string _path;
    private KnownHostIndex _index = new([]);
    private (long Length, DateTime Written) _read;
    private bool _isOurs;

    private KnownHostsFile(string path) => _path = path;

    public static KnownHostsFile At(string path) => All.GetOrAdd(Path.GetFullPath(path), full => new KnownHostsFile(full));

    /// <returns>The lines that hold for a name; none if there is no such file.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not read the file.</exception>
    public IReadOnlyList<KnownHostLine> LinesOf(string name)
    {
        lock (_gate)
        {
            if (!_isOurs) Read();
            return [.. _index.Of(name)];
        }
    }

    /// <summary>
    /// Adds a line. No other TreePush can do so at the same time: two that write to the same end would lose each other's
    /// lines.
    /// </summary>
    /// <param name="newLine">Checks again what is known by now. Returns null if there is nothing to add.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write the file.</exception>
    public void Add(Func<string?> newLine)
    {
        lock (_gate)
        {
            if (Path.GetDirectoryName(_path) is { Length: > 0 } folder && !Directory.Exists(folder)) PrivateFile.CreateFolder(folder);
            using var file = Open(PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            Read(file);
            _isOurs = true;
            try
            {
                if (newLine() is { } line) Append(file, line);
            }
            finally
            {
                _isOurs = false;
            }
        }
    }

    private void Append(FileStream file, string line)
    {
        bool isEnded = file.Length == 0;
        if (!isEnded)
        {
            file.Seek(-1, SeekOrigin.End);
            isEnded = file.ReadByte() == '\n';
        }

        file.Seek(0, SeekOrigin.End);
        file.Write(Encoding.UTF8.GetBytes((isEnded ? "" : "\n") + line + '\n'));
        file.Flush();
        _index.Add(line);
        _read = StampOf(file);
    }

    private void Read()
    {
        try
        {
            using var file = Open(new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite });
            Read(file);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            (_index, _read) = (new KnownHostIndex([]), default);
        }
    }

    private void Read(FileStream file)
    {
        var stamp = StampOf(file);
        if (stamp == _read) return;
        using var reader = new StreamReader(file, leaveOpen: true);
        _index = new KnownHostIndex(Lines(reader));
        _read = stamp;
    }

    private static IEnumerable<string> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line) yield return line;
    }

    private static (long Length, DateTime Written) StampOf(FileStream file) => (file.Length, File.GetLastWriteTimeUtc(file.SafeFileHandle));

    /// <summary>Waits while another process has the file for itself.</summary>
    private FileStream Open(FileStreamOptions options)
    {
        FileStream? file = null;
        SpinWait.SpinUntil(() => (file = TryOpen(options)) is not null, Patience);
        return file ?? new FileStream(_path, options);
    }

    private FileStream? TryOpen(FileStreamOptions options)
    {
        try
        {
            return new FileStream(_path, options);
        }
        catch (IOException e) when (IsSharing(e))
        {
            return null;
        }
    }

    /// <summary>The codes for a locked file on Linux (EWOULDBLOCK), macOS and Windows (ERROR_SHARING_VIOLATION).</summary>
    private static bool IsSharing(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);
}
