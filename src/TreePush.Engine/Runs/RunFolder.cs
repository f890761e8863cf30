using System.Text.Json;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>
/// A run's folder, <c>&lt;logdir&gt;/&lt;run&gt;/</c>: the request, the journal, each transfer's output, and the lists of
/// hosts that remain.
/// </summary>
public sealed class RunFolder : IDisposable
{
    private readonly FileStream _lock;

    private RunFolder(string path, RunRequest request, FileStream held) => (Path, Request, _lock) = (path, request, held);

    public string Path { get; }

    public RunRequest Request { get; }

    public string JournalPath => In("run.jsonl");

    /// <summary>Why the journal could not be written to its end; null if it could.</summary>
    public string? JournalFault { get; internal set; }

    /// <summary>Creates the folder of a new run.</summary>
    /// <exception cref="RunFolderException">The folder can't be created.</exception>
    public static RunFolder Create(string logFolder, RunRequest request)
    {
        string path = System.IO.Path.Combine(logFolder, request.Run);
        try
        {
            Directory.CreateDirectory(logFolder);
            PrivateFile.CreateFolder(path);
            PrivateFile.WriteAllText(System.IO.Path.Combine(path, "request.json"), JsonSerializer.Serialize(request, EngineJson.Readable.RunRequest));
            return new RunFolder(path, request, Hold(path, request.Run));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunFolderException($"the log folder {logFolder} can't be written: {e.Message}", "--logdir names another one");
        }
    }

    /// <summary>Opens the folder of an earlier run.</summary>
    /// <param name="run">The run's id, or <c>last</c> for the newest run that was not a dry run.</param>
    /// <exception cref="RunFolderException">There is no such run, it can't be read, or it is still running.</exception>
    public static RunFolder Reopen(string logFolder, string run)
    {
        string id = run == "last" ? Newest(logFolder) : run;
        string path = System.IO.Path.Combine(logFolder, id);
        if (!RunId.IsId(id) || !File.Exists(System.IO.Path.Combine(path, "request.json")))
            throw new RunFolderException($"there is no run '{DisplayText.Line(id, 60)}' in {logFolder}", "runs are the folders in there; --logdir names another place");
        try
        {
            return new RunFolder(path, ReadRequest(path), Hold(path, id));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new RunFolderException($"the run {id} can't be read: {e.Message}", null);
        }
    }

    /// <summary>The same folder with a changed request, for a resumed run. Both share the lock: dispose of one of them.</summary>
    public RunFolder With(RunRequest request) => new(Path, request, _lock);

    /// <summary>The targets that the run has served so far.</summary>
    public IReadOnlySet<HostName> Served()
    {
        var served = new HashSet<HostName>();
        if (!File.Exists(JournalPath)) return served;
        foreach (var happened in Journal.Read(JournalPath))
            if (happened is TargetServed target) served.Add(target.Target);
        return served;
    }

    /// <summary>Returns the path of a log file, and creates the file, readable only by its owner.</summary>
    /// <param name="name">Characters that some file systems refuse are replaced.</param>
    public string LogFile(string name)
    {
        string path = In(string.Concat(name.Where(c => c is not ('[' or ']')).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '_')) + ".log");
        new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)).Dispose();
        return path;
    }

    /// <summary>
    /// Writes the hosts that a further run should serve: a list in the format of the run's own, with the reasons as
    /// comments. If there are no such hosts, the file is deleted.
    /// </summary>
    /// <returns>The file's path; null if there are no hosts.</returns>
    public string? WriteList(string name, IReadOnlyCollection<(Host Host, string? Reason)> hosts)
    {
        string path = In(name + (Request.Format.IsCsv ? ".csv" : ".txt"));
        if (hosts.Count == 0)
        {
            File.Delete(path);
            return null;
        }

        var lines = new List<string>();
        if (Request.Format is { IsCsv: true, Header: { } header }) lines.Add(header);
        else lines.Add($"# -f {Request.Format.Fields}");
        foreach (var (host, reason) in hosts)
        {
            if (reason is not null) lines.Add("# " + DisplayText.Line(reason));
            lines.Add(Request.Format.Row(host));
        }

        PrivateFile.WriteAllText(path, string.Join('\n', lines) + '\n');
        return path;
    }

    public void Dispose() => _lock.Dispose();

    private string In(string name) => System.IO.Path.Combine(Path, name);

    private static string Newest(string logFolder)
    {
        var runs = Directory.Exists(logFolder) ? Directory.EnumerateDirectories(logFolder).Select(d => System.IO.Path.GetFileName(d)).Where(RunId.IsId) : [];
        return runs.OrderDescending(StringComparer.Ordinal).FirstOrDefault(r => !IsDryRun(System.IO.Path.Combine(logFolder, r)))
            ?? throw new RunFolderException($"there is no run in {logFolder} yet", "--logdir names the folder that its runs are in");
    }

    private static RunRequest ReadRequest(string path)
    {
        using var file = File.OpenRead(System.IO.Path.Combine(path, "request.json"));
        return JsonSerializer.Deserialize(file, EngineJson.Readable.RunRequest) ?? throw new JsonException("It is empty.");
    }

    /// <summary>Also false for a run that can't be read: otherwise <c>last</c> would silently name an older run.</summary>
    private static bool IsDryRun(string path)
    {
        try
        {
            return ReadRequest(path).Work.IsDryRun;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return false;
        }
    }

    /// <summary>Locks the folder: two processes that served the same targets would interfere with each other.</summary>
    private static FileStream Hold(string path, string run)
    {
        try
        {
            return new FileStream(System.IO.Path.Combine(path, "run.lock"), PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException)
        {
            throw new RunFolderException($"the run {run} is still going on", "wait for it to end, or stop it first");
        }
    }
}
