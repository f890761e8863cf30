using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing;

/// <summary>
/// Adopts the task that somebody starts by setting the plain key <c>task</c>. Only an agent where the file originates does so:
/// another one's copy may be an old one.
/// </summary>
internal sealed class PlainAdoption(AgentOptions options, StoreLink link, AgentReporter reporter, PathPolicy paths, FileHashes hashes)
{
    private string? _refused;

    /// <returns>Whether a task was adopted.</returns>
    public async Task<bool> AdoptAsync(CancellationToken stop)
    {
        if (options.Served.Count == 0 || await link.CallAsync((s, ct) => s.PlainPathAsync(ct), stop) is not { } path || !paths.IsServed(path)) return false;
        if (paths.Fault(path) is { } fault) return Refuse(path, fault);
        if (TaskFile.TypeOf(path) is null) return Refuse(path, "is not there");
        if (await hashes.OfAsync(path, stop) is not var (version, sha256)) return Refuse(path, "can't be read, or something writes to it");
        var draft = new TaskDraft(path, version.Size, sha256, options.Slots, options.MaxAttempts);
        if (await link.CallAsync((s, ct) => s.AdoptAsync(draft, ct), stop) is not { } task) return false;
        _refused = null;
        reporter.Tell(now => new TaskAdopted(now, task.Id, task.Path, task.Size, task.Sha256));
        return true;
    }

    private bool Refuse(string path, string reason)
    {
        if (_refused != path + reason) reporter.Tell(now => new TaskRefused(now, TaskSpec.PlainId, path, reason, "this agent serves the path of the plain key 'task', so it must have the file"));
        _refused = path + reason;
        return false;
    }
}
