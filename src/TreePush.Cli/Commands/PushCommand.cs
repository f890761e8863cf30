using System.CommandLine;
using TreePush.Cli.Commands.Running;

namespace TreePush.Cli.Commands;

/// <summary>The push itself: <c>treepush 'CMD' -s SOURCES -l LIST</c>.</summary>
internal sealed class PushCommand(PushOptions options)
{
    public Task<int> RunAsync(ParseResult parsed, CancellationToken ct)
    {
        var settings = PushSettings.Read(options, parsed);
        return new RunLauncher(settings.Run, new PushBuilder(settings)).RunAsync(ct);
    }
}
