using TreePush.Core.Runs;
using TreePush.Relay.Control;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>
/// The end of a target's work, when all content that it can have is there: deletes, and says whether this host has what SRC has. Where it has not,
/// because the source could not give all or paths failed here, nothing is deleted.
/// </summary>
internal sealed class Completion(RelayOptions options, PieceInventory inventory, Deletions deletions, PathFailures failures, ControlChannel control)
{
    /// <summary>Why so many deletions are refused; null where they are allowed.</summary>
    public static string? Excess(RelayOptions options, int deletions) =>
        options.MaxDelete is { } most && deletions > most ? $"{deletions} entries would be deleted, and --max-delete allows {most}" : null;

    /// <param name="missed">Files that the source listed and could not bring.</param>
    /// <param name="written">Files that were written here.</param>
    /// <param name="finishDirectories">Sets modes and times of directories; called when nothing is put into them, or deleted from them, any more.</param>
    public void Conclude(int missed, int written, Action finishDirectories)
    {
        bool isWhole;
        lock (inventory.Gate) isWhole = inventory.IsListingWhole && missed == 0;
        bool isInPlace = !failures.Any;
        // All are counted before the first is deleted.
        string? excess = options is { Delete: true, MaxDelete: not null } && isWhole && isInPlace ? Excess(options, deletions.Count(failures.AddLate)) : null;
        bool mayDelete = options.Delete && isWhole && excess is null && !failures.Any;
        int deleted = mayDelete ? deletions.Delete(failures.AddLate) : 0;
        finishDirectories();
        if (failures.Summary() is { } summary) Fail(summary + (mayDelete || !options.Delete ? "" : "; nothing was deleted"));
        else if (excess is not null) control.Send(new ControlMessage.Failed(RelayFault.TooManyDeletions, CanServe: true, excess + ": nothing was deleted; everything else is in place"));
        else if (!isWhole) control.Send(new ControlMessage.Failed(RelayFault.Incomplete, CanServe: true, "the source could not read all of its files; what it could read is in place; nothing was deleted"));
        else Deliver(written, deleted);
    }

    /// <summary>What is here is good for others: content that could not get its name is kept under its temporary one.</summary>
    private void Fail(string summary) =>
        control.Send(new ControlMessage.Failed(failures.IsPermission ? RelayFault.PathsForbidden : RelayFault.PathsFailed, CanServe: true, summary));

    private void Deliver(int written, int deleted)
    {
        lock (inventory.Gate)
        {
            var catalog = inventory.Catalog;
            string digest = Convert.ToHexStringLower(CatalogDigest.Of(catalog));
            control.Send(new ControlMessage.Delivered(new Receipt(catalog.Entries.Count, catalog.Bytes, inventory.Received, inventory.Sent, written, deleted, digest)));
        }
    }
}
