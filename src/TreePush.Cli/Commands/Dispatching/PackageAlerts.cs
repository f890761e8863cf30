using TreePush.Cli.Output.Dispatching;
using TreePush.Core.Alerts;
using TreePush.Core.Dispatching;
using TreePush.Engine.Alerts;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary>Raises alerts for what goes wrong with packages, if the configuration asks for them.</summary>
internal sealed class PackageAlerts(AlertConfig? config, PackageLines lines, Action<string> warn) : IAsyncDisposable
{
    private readonly AlertDesk? _desk = config is null ? null : AlertDesk.Of(config, $"treepush dispatch on {Environment.MachineName}", TimeProvider.System, warn);

    public void Add(DispatchEvent happened)
    {
        if (_desk is not null && PackageLines.IsTrouble(happened)) _desk.Report(lines.Of(happened).First());
    }

    public async ValueTask DisposeAsync()
    {
        if (_desk is not null) await _desk.DisposeAsync();
    }
}
