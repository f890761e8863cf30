using System.Text;

namespace TreePush.Cli.Output.Console;

/// <summary>Standard output or error. If it is closed, or its disk is full, output ends but the run continues.</summary>
internal sealed class ForgivingWriter(TextWriter inner) : TextWriter
{
    /// <summary>
    /// Why something could not be written; null if everything was. A pipe without a reader is no fault: the runtime drops
    /// what is written to it.
    /// </summary>
    public string? Fault { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (Fault is not null) return;
        try
        {
            write();
        }
        catch (IOException e)
        {
            Fault = e.Message;
        }
        catch (UnauthorizedAccessException)
        {
            Fault = "it is closed"; // EBADF
        }
    }
}
