using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>The preflight checks of a target, before it writes anything. A failed check ends this host's part of the run and leaves DEST unchanged.</summary>
internal sealed class TargetChecks(ControlMessage.Start start, PieceInventory inventory, TargetTree tree, ListedEntries listed)
{
    private readonly RelayOptions _options = start.Options;

    /// <summary>Whether --delete is guarded against its most common accidents.</summary>
    private bool IsGuarded => _options is { Delete: true, Force: false } && !inventory.SourceIsFile;

    /// <summary>Checks that no directory would become a file, or a file a directory, without --force.</summary>
    /// <exception cref="RelayFaultException">There is such a conflict.</exception>
    public static void CheckConflicts(NeedPlan plan)
    {
        if (plan.Conflicts is { } conflicts)
            throw new RelayFaultException(RelayFault.Conflict, $"a file would replace a directory, or a directory a file: {conflicts}; use --force to replace them");
    }

    /// <summary>Checks that DEST is not a place where a copy or a deletion would do harm.</summary>
    /// <exception cref="RelayFaultException">DEST is such a place.</exception>
    public void CheckPlace(TreePlace source)
    {
        CheckSource(tree.Place(), source);
        if (IsGuarded && tree.ProtectedName() is { } name)
            throw new RelayFaultException(RelayFault.NeedsForce, $"DEST {start.Path} is {name}, and --delete would delete all extraneous files there");
    }

    /// <summary>Checks that the result of the comparison can be carried out.</summary>
    /// <exception cref="RelayFaultException">It can't be carried out, or is most likely not intended.</exception>
    public void CheckPlan(NeedPlan plan)
    {
        CheckEmptySource();
        CheckOwners(plan);
    }

    /// <summary>Checks that no two names of SRC are the same name at DEST. They would overwrite each other in every run.</summary>
    /// <exception cref="RelayFaultException">There are such names.</exception>
    public void CheckNames(PathFailures failures)
    {
        var pairs = CasePairs.In(listed.Paths());
        foreach (var (first, second) in pairs)
        {
            bool folds = false;
            failures.Try(() => folds = tree.FoldsCase(second));
            if (!folds) continue;
            string others = pairs.Count > 1 ? $" ({pairs.Count} such pairs)" : "";
            throw new RelayFaultException(RelayFault.Conflict, $"{first} and {second} are the same name on the file system of DEST, which ignores case{others}: nothing was written");
        }
    }

    /// <summary>Checks that SRC would not be copied into itself, nor deleted together with what surrounds it.</summary>
    private void CheckSource(TreePlace place, TreePlace source)
    {
        if (place.IsSameAs(source)) return;
        if (source.Contains(place)) throw new RelayFaultException(RelayFault.InsideSource, $"DEST {start.Path} lies inside SRC: it would be copied into itself");
        if (_options.Delete && place.Contains(source)) throw new RelayFaultException(RelayFault.InsideSource, $"SRC lies inside DEST {start.Path}: --delete would delete it");
    }

    /// <summary>Checks that SRC is not empty. An empty SRC is most often one that is not mounted, or a typing error.</summary>
    private void CheckEmptySource()
    {
        bool isEmpty;
        lock (inventory.Gate) isEmpty = inventory.IsListingWhole && inventory.Catalog.Entries.All(e => e.Path.IsRoot);
        if (IsGuarded && isEmpty) throw new RelayFaultException(RelayFault.NeedsForce, $"SRC is empty, or all of it is excluded, and --delete would empty DEST {start.Path}");
    }

    /// <summary>
    /// Checks that the login may change owners, because otherwise every owner would be wrong. Groups are not checked: a login may
    /// give files to its own groups.
    /// </summary>
    private void CheckOwners(NeedPlan plan)
    {
        if (!_options.Owner) return;
        var made = plan.Directories.Concat(plan.Symlinks).Concat(plan.Empty).Concat(plan.Lacking);
        int foreign = made.Count(e => !tree.MayOwn(listed[e]));
        if (foreign > 0) throw new RelayFaultException(RelayFault.Permission, $"--owner: {foreign} entries do not belong to the login, and only root may change owners");
    }
}
