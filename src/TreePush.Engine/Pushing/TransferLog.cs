using System.Globalization;
using Serilog;
using Serilog.Core;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Pushing;

/// <summary>
/// The log of one transfer: its output, with the time of each line. A retry from the same source appends to the same
/// file.
/// </summary>
public sealed class TransferLog : IDisposable
{
    /// <summary>The largest log, in bytes: a command that prints endlessly must not fill the controller's disk.</summary>
    private const long FileLimit = 64 << 20;

    private const string Template = "{Timestamp:HH:mm:ss.fff} {Message:lj}{NewLine}";

    private readonly Logger _logger;

    public TransferLog(string path, Transfer transfer, string command)
    {
        _logger = new LoggerConfiguration().WriteTo.File(path, outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture,
            fileSizeLimitBytes: FileLimit, rollOnFileSizeLimit: false).CreateLogger();
        _logger.Information("# transfer {Id}, {Source:l} -> {Target:l}, attempt {Attempt}: {Command:l}",
            transfer.Id, transfer.Source.Name.Value, transfer.Target.Name.Value, transfer.Attempt, command);
    }

    public void Write(OutputLine line) => _logger.Information("{Text:l}", line.Text);

    public void End(Failure? failure) => _logger.Information("# {Outcome:l}", failure is null ? "done" : $"failed: {failure}");

    public void Dispose() => _logger.Dispose();
}
