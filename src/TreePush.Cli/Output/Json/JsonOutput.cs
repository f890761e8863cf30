using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Json;

/// <summary>A run as JSON, one event per line, flushed after each.</summary>
internal sealed class JsonOutput(TextWriter writer) : IRunObserver
{
    public void OnEvent(RunEvent happened)
    {
        writer.WriteLine(EventJson.Write(happened));
        writer.Flush();
    }
}
