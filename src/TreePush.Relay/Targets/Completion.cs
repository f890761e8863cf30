using TreePush.Core.Runs;
using TreePush.Relay.Control;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>
/// The end of a target's work, when it has all content that it can get: deletes extraneous files, and reports whether this host
/// has what SRC has. If the source could not send everything, or paths failed here, nothing is deleted.
/// </summary>
internal sealed class Completion(RelayOptions options, PieceInventory inventory, Deletions deletions, PathFailures failures, ControlChannel control)
{
    /// <summary>Returns why this many deletions are refused; null if they are allowed.</summary>
    public static string? Excess(RelayOptions options, int deletions) =>
        options.MaxDelete is { } most && deletions > most ? $"{deletions} entries would be deleted, and --max-delete allows {most}" : null;

    /// <param name="missed">The number of files that the source listed but could not send.</param>
    /// <param name="written">The number of files written on this host.</param>
    /// <param name="finishDirectories">Sets the modes and times of directories; called when nothing more is written into them or deleted from them.</param>
    public void Conclude(int missed, int written, Action finishDirectories)
    {
        bool isWhole;
        lock (inventory.Gate) isWhole = inventory.IsListingWhole && missed == 0;
        bool isInPlace = !failures.Any;
        // All deletions are counted before the first one is made.
        string? excess = options is { Delete: true, MaxDelete: not null } && isWhole && isInPlace ? Excess(options, deletions.Count(failures.AddLate)) : null;
        bool mayDelete = options.Delete && isWhole && excess is null && !failures.Any;
        int deleted = mayDelete ? deletions.Delete(failures.AddLate) : 0;
        finishDirectories();
        if (failures.Summary() is { } summary) Fail(summary + (mayDelete || !options.Delete ? "" : "; nothing was deleted"));
        else if (excess is not null) control.Send(new ControlMessage.Failed(RelayFault.TooManyDeletions, CanServe: true, excess + ": nothing was deleted; everything else is in place"));
        else if (!isWhole) control.Send(new ControlMessage.Failed(RelayFault.Incomplete, CanServe: true, "the source could not read all of its files; what it could read is in place; nothing was deleted"));
        else Deliver(written, deleted);
    }

    /// <summary>
    /// Reports that paths failed. The host can still serve others: content that could not get its final name is kept under its
    /// temporary name.
    /// </summary>
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
