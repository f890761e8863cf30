using System.Text;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>
/// The run's events, one per line. Each is passed to the operating system before the next command is started, because a
/// resumed run relies on the journal.
/// </summary>
public sealed class Journal : IRunObserver, IDisposable
{
    private readonly FileStream _file;

    private Journal(FileStream file) => _file = file;

    /// <summary>Why the journal could not be written to its end; null if it could.</summary>
    public string? Fault { get; private set; }

    /// <summary>
    /// Opens a journal for appending. Terminates a last line that a crash cut short, so that it does not spoil the next
    /// one.
    /// </summary>
    public static Journal Open(string path)
    {
        var options = PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        options.BufferSize = 0; // Without a buffer, closing the file does not repeat a write that a full disk has refused.
        var file = new FileStream(path, options);
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            bool ended = file.ReadByte() == '\n';
            if (!ended) file.WriteByte((byte)'\n');
        }

        return new Journal(file);
    }

    /// <summary>The events of a journal. Skips lines that are no events, such as one that a crash cut short.</summary>
    public static IEnumerable<RunEvent> Read(string path) =>
        File.ReadLines(path, Encoding.UTF8).Select(EventJson.Read).OfType<RunEvent>();

    public void OnEvent(RunEvent happened)
    {
        // Progress is for viewers. Resuming does not need it, and it would be most of a long run's journal.
        if (Fault is not null || happened.IsProgress) return;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes(EventJson.Write(happened) + '\n'));
        }
        catch (IOException e)
        {
            Fault = e.Message;
        }
    }

    public void Dispose() => _file.Dispose();
}
