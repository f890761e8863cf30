using TreePush.Core.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Json;

/// <summary>A run as JSON, one event a line, each flushed. A reader that goes away does not end the run.</summary>
internal sealed class JsonOutput(TextWriter writer) : IPushObserver
{
    private bool _readerIsGone;

    public void Notice(PushEvent happened)
    {
        if (_readerIsGone) return;
        try
        {
            writer.WriteLine(EventJson.Write(happened));
            writer.Flush();
        }
        catch (IOException)
        {
            _readerIsGone = true;
        }
    }
}
