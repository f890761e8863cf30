using System.Globalization;
using Serilog;
using Serilog.Core;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Runs;

/// <summary>The log of one command: its output, with the time of each line. A further attempt appends to the same file.</summary>
public sealed class OutputLog : IDisposable
{
    /// <summary>The largest log, in bytes: a command that prints endlessly must not fill the controller's disk.</summary>
    private const long FileLimit = 64 << 20;

    private const string Template = "{Timestamp:HH:mm:ss.fff} {Message:lj}{NewLine}";

    private readonly Logger _logger;

    private OutputLog(string path) => _logger = new LoggerConfiguration().WriteTo.File(path, outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture,
        fileSizeLimitBytes: FileLimit, rollOnFileSizeLimit: false).CreateLogger();

    /// <summary>Opens the file for appending; only its owner can read it.</summary>
    /// <param name="title">What is run, for the first line.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be written.</exception>
    public static OutputLog Open(string path, string title)
    {
        new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)).Dispose();
        var log = new OutputLog(path);
        log._logger.Information("# {Title:l}", title);
        return log;
    }

    public void Write(OutputLine line) => _logger.Information("{Text:l}", line.Text);

    public void End(Failure? failure) => _logger.Information("# {Outcome:l}", failure is null ? "done" : $"failed: {failure}");

    public void Dispose() => _logger.Dispose();
}
