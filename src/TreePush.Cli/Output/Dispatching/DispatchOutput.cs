using System.Globalization;
using Serilog;
using Serilog.Core;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;

namespace TreePush.Cli.Output.Dispatching;

/// <summary>Tells what happens to packages: lines on standard error, JSON on standard output if it is asked for, and a log in the dispatcher's folder.</summary>
internal sealed class DispatchOutput : IDisposable
{
    private const long FileLimit = 10 << 20;
    private const string Template = "{Timestamp:yyyy-MM-dd HH:mm:ss.fff zzz} [{Level:u3}] {Message:lj}{NewLine}";

    private readonly Lock _gate = new();
    private readonly Logger _log;
    private readonly bool _json;
    private readonly bool _quiet;

    public DispatchOutput(DispatchFolder folder, PackageLines lines, bool json, bool quiet)
    {
        (Lines, _json, _quiet) = (lines, json, quiet);
        _log = new LoggerConfiguration().WriteTo.File(Path.Combine(folder.Logs, "treepush.log"), outputTemplate: Template, formatProvider: CultureInfo.InvariantCulture,
            rollOnFileSizeLimit: true, fileSizeLimitBytes: FileLimit, retainedFileCountLimit: 10, shared: true).CreateLogger();
    }

    public PackageLines Lines { get; }

    public void Tell(DispatchEvent happened)
    {
        bool isTrouble = PackageLines.IsTrouble(happened);
        lock (_gate)
        {
            if (_json) System.Console.Out.WriteLine(DispatchJson.Write(happened));
            foreach (string line in Lines.Of(happened)) Show(happened.Time, line, isTrouble);
        }
    }

    /// <summary>Tells something that is no event.</summary>
    public void Say(string line, bool isTrouble)
    {
        lock (_gate) Show(DateTimeOffset.Now, line, isTrouble);
    }

    /// <summary>Tells what a person should know and may want to change.</summary>
    public void Warn(string text) => Say("warning: " + text, isTrouble: true);

    /// <summary>Writes to the log, and to the screen if that is asked for.</summary>
    public void Debug(string text, bool shown)
    {
        lock (_gate)
        {
            _log.Debug("{Text:l}", text);
            if (shown) System.Console.Error.WriteLine(DisplayText.Line(text, 2000));
        }
    }

    public void Dispose() => _log.Dispose();

    private void Show(DateTimeOffset time, string line, bool isTrouble)
    {
        if (isTrouble) _log.Warning("{Text:l}", line);
        else _log.Information("{Text:l}", line);
        if (isTrouble || !_quiet) System.Console.Error.WriteLine($"{time.ToLocalTime():HH:mm:ss} {line}");
    }
}
