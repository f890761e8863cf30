using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Json;

/// <summary>A run as JSON, one event a line, each flushed.</summary>
internal sealed class JsonOutput(TextWriter writer) : IRunObserver
{
    public void OnEvent(RunEvent happened)
    {
        writer.WriteLine(EventJson.Write(happened));
        writer.Flush();
    }
}
