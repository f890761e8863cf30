using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>What DEST has and SRC has not.</summary>
internal sealed class Deletions(PieceInventory inventory, TargetTree tree, PathFilter filter, RelayOptions options)
{
    public int Count(Action<FileFault> tell) => Walk(dryRun: true, tell);

    /// <returns>How many entries were deleted.</returns>
    public int Delete(Action<FileFault> tell) => Walk(dryRun: false, tell);

    private int Walk(bool dryRun, Action<FileFault> tell)
    {
        var kinds = Kinds();
        HashSet<RelativePath> skipped;
        lock (inventory.Gate) skipped = [.. inventory.Skipped];
        int count = 0;
        var rules = new DeletionRules(path => kinds.TryGetValue(path, out var kind) ? kind : null, filter, dryRun)
        {
            Skipped = skipped,
            OneFileSystem = options.OneFileSystem,
        };
        tree.Delete(rules, _ => count++, tell);
        return count;
    }

    private Dictionary<RelativePath, EntryKind> Kinds()
    {
        var kinds = new Dictionary<RelativePath, EntryKind>();
        lock (inventory.Gate)
        {
            // What could not be read is still there at the source: only what vanished there goes here.
            var vanished = inventory.Withdrawn.Where(w => w.Reason == Withdrawal.Vanished).Select(w => w.Entry).ToHashSet();
            for (int i = 0; i < inventory.Catalog.Entries.Count; i++)
                if (!vanished.Contains(i)) kinds[inventory.Catalog.Entries[i].Path] = inventory.Catalog.Entries[i].Kind;
        }

        return kinds;
    }
}
