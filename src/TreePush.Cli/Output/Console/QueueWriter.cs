using System.Collections.Concurrent;
using System.Text;

namespace TreePush.Cli.Output.Console;

/// <summary>A writer whose lines go to a queue, for whoever owns the terminal to print.</summary>
internal sealed class QueueWriter(ConcurrentQueue<string> lines) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => lines.Enqueue(value ?? "");
}
