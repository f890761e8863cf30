using System.Text;

namespace TreePush.Cli.Output.Console;

/// <summary>Standard output or error whose reader may go away: a closed terminal or pipe ends the showing, not the run.</summary>
internal sealed class ForgivingWriter(TextWriter inner) : TextWriter
{
    private bool _readerIsGone;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (_readerIsGone) return;
        try
        {
            write();
        }
        catch (IOException)
        {
            _readerIsGone = true;
        }
    }
}
