using System.Text;
using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>
/// A file that has arrived. Whoever handles it stages it, makes the package durable, and then acknowledges the file. A file that
/// is not acknowledged arrives again: after a restart, or in a while.
/// </summary>
public sealed class ArrivedFile
{
    private readonly string _folder;
    private readonly Staging _staging;
    private readonly Func<ArrivedFile, Task> _acknowledge;

    internal ArrivedFile(string folder, Arrival arrival, Staging staging, Func<ArrivedFile, Task> acknowledge)
    {
        (_folder, Path, Version, _staging, _acknowledge) = (folder, arrival.Path, arrival.Version, staging, acknowledge);
        Name = Encoding.UTF8.GetString(Path.Name);
        FullPath = System.IO.Path.Combine(folder, Encoding.UTF8.GetString(Path.Bytes));
    }

    /// <summary>Below the watched folder. It is valid UTF-8.</summary>
    public RelativePath Path { get; }

    /// <summary>The last component of the path.</summary>
    public string Name { get; }

    public string FullPath { get; }

    /// <summary>The version that has arrived. Another one is never staged.</summary>
    public FileVersion Version { get; }

    /// <summary>
    /// Whether staging found that the file has changed, is gone, or is no regular file any more. It need not be reported: what is
    /// there now is looked at again, and arrives or is refused.
    /// </summary>
    public bool HasChanged { get; private set; }

    /// <summary>Makes a private copy of the file.</summary>
    public async Task<StagingOutcome> StageAsync(CancellationToken ct)
    {
        var outcome = await _staging.StageAsync(_folder, Path, Version, ct);
        HasChanged = outcome.Fault is StagingFault.Changed or StagingFault.Gone or StagingFault.NotAFile;
        return outcome;
    }

    /// <summary>
    /// Says that this version needs no more handling, for the journal has its package, or the reason why there is none. When the
    /// task ends, that is known after a restart too. It may be called while the watch is being cancelled.
    /// </summary>
    /// <exception cref="IOException">It could not be written down.</exception>
    public Task AcknowledgeAsync(CancellationToken ct) => _acknowledge(this).WaitAsync(ct);
}
