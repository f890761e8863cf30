using System.Text;
using TreePush.Core.Dispatching;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching;

/// <summary>
/// The file of a journal: one event a line, appended by one process at a time and read by all. A line that a crash cut short is
/// ended by the next writer, so that it spoils no other.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(2);

    private readonly FileStream _file;
    private readonly string _lockPath;
    private readonly List<byte> _cut = [];
    private long _read;

    private JournalFile(FileStream file, string lockPath) => (_file, _lockPath) = (file, lockPath);

    public static JournalFile Open(string path)
    {
        var options = PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        options.BufferSize = 0;
        return new JournalFile(new FileStream(path, options), path + ".lock");
    }

    /// <summary>Keeps other writers out until the result is disposed of.</summary>
    public async Task<IDisposable> LockAsync(CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return new FileStream(_lockPath, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (File.Exists(_lockPath))
            {
                await Task.Delay(LockPause, ct);
            }
        }
    }

    /// <summary>The events that were written since the last call, by this process or another.</summary>
    public IEnumerable<DispatchEvent> ReadNew()
    {
        var lines = new List<byte[]>();
        var block = new byte[1 << 16];
        _file.Seek(_read, SeekOrigin.Begin);
        int count;
        while ((count = _file.Read(block)) > 0)
        {
            _read += count;
            Split(block.AsSpan(0, count), lines);
        }

        foreach (byte[] line in lines)
            if (DispatchJson.Read(line) is { } happened) yield return happened;
    }

    /// <summary>Appends events, and waits until they are on the disk. The caller holds the lock and has read all before.</summary>
    public void Append(IReadOnlyCollection<DispatchEvent> events)
    {
        if (events.Count == 0) return;
        var text = new StringBuilder();
        if (_cut.Count > 0) text.Append('\n');
        foreach (var happened in events) text.Append(DispatchJson.Write(happened)).Append('\n');
        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        _file.Seek(_read, SeekOrigin.Begin);
        _file.Write(bytes);
        _file.Flush(flushToDisk: true);
        _read += bytes.Length;
        _cut.Clear();
    }

    public void Dispose() => _file.Dispose();

    private void Split(ReadOnlySpan<byte> block, List<byte[]> lines)
    {
        int end;
        while ((end = block.IndexOf((byte)'\n')) >= 0)
        {
            _cut.AddRange(block[..end]);
            lines.Add([.. _cut]);
            _cut.Clear();
            block = block[(end + 1)..];
        }

        _cut.AddRange(block);
    }
}
