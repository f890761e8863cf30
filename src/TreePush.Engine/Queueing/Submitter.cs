using System.Runtime.CompilerServices;
using TreePush.Core.Hosts;
using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Queueing;

/// <summary>Makes a file a task, and follows it.</summary>
public sealed class Submitter
{
    private readonly ITaskStore _store;
    private readonly SubmitOptions _options;
    private readonly EntryStatus _version;
    private readonly TimeProvider _time;

    private Submitter(ITaskStore store, SubmitOptions options, TaskDraft draft, EntryStatus version, TimeProvider time) =>
        (_store, _options, Draft, _version, _time) = (store, options, draft, version, time);

    /// <summary>What is submitted.</summary>
    public TaskDraft Draft { get; }

    /// <summary>Reads the file. Nothing is sent to the store yet.</summary>
    /// <returns>A submitter, or why the file can't be one of a task.</returns>
    public static async Task<(Submitter? Submitter, Failure? Failure)> PrepareAsync(ITaskStore store, SubmitOptions options, TimeProvider time, CancellationToken ct)
    {
        string path = Path.GetFullPath(options.Path);
        if (Fault(path) is { } fault) return (null, fault);
        try
        {
            if (await Task.Run(() => TaskFile.HashAsync(path, ct), ct) is not var (version, sha256))
                return (null, Unfit(path, "changed while it was read", "submit it when nobody writes to it any more"));
            var draft = new TaskDraft(path, version.Size, sha256, options.Slots, options.MaxAttempts);
            return (new Submitter(store, options, draft, version, time), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, Unfit(path, $"can't be read: {e.Message}", null));
        }
    }

    /// <summary>Submits the task, and offers the file where this machine serves it.</summary>
    /// <exception cref="TaskStoreException">The store can't be used.</exception>
    public async Task<TaskSpec> SubmitAsync(CancellationToken ct)
    {
        var task = await _store.SubmitAsync(Draft, ct);
        if (_options.Source is { } source) await _store.OfferAsync(task.Id, source, _options.Zone, ct);
        return task;
    }

    /// <summary>
    /// Follows the task about once a second, until it is cancelled or has ended; whoever has seen enough stops reading. A store that has
    /// lost the task, because it was restarted empty, gets it again.
    /// </summary>
    /// <exception cref="TaskStoreException">The store can't be used, and that will not pass.</exception>
    public async IAsyncEnumerable<SubmitStep> FollowAsync(string task, [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var step in new TaskWatch(_store, _time, RepeatAsync).FollowAsync(task, ct))
        {
            yield return step;
            if (step is SubmitStep.Viewed { View.State: not TaskState.Open }) yield break;
        }
    }

    private async Task<SubmitStep?> RepeatAsync(CancellationToken ct)
    {
        var task = await _store.SubmitAsync(Draft, ct);
        bool isOffered = _options.Source is not null && TaskFile.Status(Draft.Path) == _version;
        if (isOffered) await _store.OfferAsync(task.Id, _options.Source!, _options.Zone, ct);
        return new SubmitStep.Repeated(isOffered);
    }

    private static Failure? Fault(string path) => (TaskPath.Fault(path), TaskFile.TypeOf(path)) switch
    {
        ({ } fault, _) => Unfit(path, fault, null),
        (_, null) => Unfit(path, "is not there", null),
        (_, EntryType.File) => null,
        (_, EntryType.Folder) => Unfit(path, "is a directory, and a task is one file", "submit an archive of it, or use treepush sync"),
        (_, EntryType.SymbolicLink) => Unfit(path, "is a symbolic link", "submit the file that it leads to"),
        _ => Unfit(path, "is no regular file", null),
    };

    private static Failure Unfit(string path, string reason, string? hint) => new(FailureKind.ControllerFault, $"{DisplayText.Line(path)} {reason}", hint);
}
