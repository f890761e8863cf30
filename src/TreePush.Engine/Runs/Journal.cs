using System.Text;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>The run's events, one a line, each handed to the operating system before the next command is started: what a resumed run goes by.</summary>
public sealed class Journal : IRunObserver, IDisposable
{
    private readonly FileStream _file;

    private Journal(FileStream file) => _file = file;

    /// <summary>Why the journal could not be written to its end; null where it could.</summary>
    public string? Fault { get; private set; }

    /// <summary>Opens a journal for appending. A last line that a crash cut short is ended first, so that it spoils no other.</summary>
    public static Journal Open(string path)
    {
        var options = PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        options.BufferSize = 0; // What a full disk did not take must not be tried once more, and fail, when the file is closed.
        var file = new FileStream(path, options);
        if (file.Length > 0)
        {
            file.Seek(-1, SeekOrigin.End);
            bool ended = file.ReadByte() == '\n';
            if (!ended) file.WriteByte((byte)'\n');
        }

        return new Journal(file);
    }

    /// <summary>The events of a journal; lines that are none, such as one cut short by a crash, are passed over.</summary>
    public static IEnumerable<RunEvent> Read(string path) =>
        File.ReadLines(path, Encoding.UTF8).Select(EventJson.Read).OfType<RunEvent>();

    public void OnEvent(RunEvent happened)
    {
        // Progress is for those who watch: nothing is resumed from it, and of a long run it would be most of the journal.
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
