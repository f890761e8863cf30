using System.Text;
using TreePush.Cli.Output.Console;

namespace TreePush.Cli.Tests.Output;

/// <summary>A terminal that keeps what is written to it.</summary>
internal sealed class FakeTerminal : ITerminal
{
    private readonly StringBuilder _written = new();

    public FakeTerminal() => Output = TextWriter.Synchronized(new StringWriter(_written));

    public TextWriter Output { get; }

    public string Text
    {
        get
        {
            lock (Output) return _written.ToString();
        }
    }

    /// <summary>What to ask of it fails.</summary>
    public Exception? Fault { get; set; }

    public int Width => Fault is null ? 80 : throw Fault;

    public int Height => 24;

    public bool IsOurs() => true;

    public ConsoleKeyInfo? ReadKey() => null;
}
