using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>Counts and deletes what DEST has and SRC does not have.</summary>
internal sealed class Deletions(PieceInventory inventory, TargetTree tree, PathFilter filter, RelayOptions options)
{
    public int Count(Action<FileFault> tell) => Walk(dryRun: true, tell);

    /// <returns>The number of deleted entries.</returns>
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
            // A withdrawn file still exists at the source unless it vanished, so only vanished files are deleted.
            var vanished = inventory.Withdrawn.Where(w => w.Reason == Withdrawal.Vanished).Select(w => w.Entry).ToHashSet();
            for (int i = 0; i < inventory.Catalog.Entries.Count; i++)
                if (!vanished.Contains(i)) kinds[inventory.Catalog.Entries[i].Path] = inventory.Catalog.Entries[i].Kind;
        }

        return kinds;
    }
}
