using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What a run has left in its folder.</summary>
internal sealed record RunRecord(string Directory)
{
    public string Id => Path.GetFileName(Directory);

    /// <summary>What has happened so far, also while the run goes on.</summary>
    public IReadOnlyList<RunEvent> Events => File.Exists(this["run.jsonl"]) ? [.. Journal.Read(this["run.jsonl"])] : [];

    public IReadOnlyList<TargetServed> Served => [.. Events.OfType<TargetServed>()];

    /// <summary>Who served somebody, by name.</summary>
    public IReadOnlySet<string> Servers => Served.Select(e => e.Source!.Value.Value).ToHashSet();

    public string this[string file] => Path.Combine(Directory, file);

    public string Read(string file) => File.ReadAllText(this[file]);
}
