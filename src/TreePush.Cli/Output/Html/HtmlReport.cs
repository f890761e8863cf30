using TreePush.Core.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>The report page (<c>--report</c>).</summary>
internal sealed class HtmlReport(RunRequest request) : IPushObserver
{
    private readonly List<PushEvent> _events = [];

    public void Notice(PushEvent happened) => _events.Add(happened);

    public void Write(string path) => File.WriteAllText(path, request.Run);
}
