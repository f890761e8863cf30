using System.Collections.Concurrent;
using System.Text;

namespace TreePush.Cli.Output.Console;

/// <summary>A writer that puts its lines into a queue. The owner of the terminal prints them.</summary>
internal sealed class QueueWriter(ConcurrentQueue<string> lines) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void WriteLine(string? value) => lines.Enqueue(value ?? "");
}
