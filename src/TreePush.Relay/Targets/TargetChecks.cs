using TreePush.Relay.Files;
using TreePush.Relay.Pieces;

namespace TreePush.Relay.Targets;

/// <summary>What is checked before a target writes anything. Each check that fails ends this host's part of the run, with DEST as it was.</summary>
internal sealed class TargetChecks(ControlMessage.Start start, PieceInventory inventory, TargetTree tree, ListedEntries listed)
{
    private readonly RelayOptions _options = start.Options;

    /// <summary>Whether --delete is to be kept from what it most often does by mistake.</summary>
    private bool IsGuarded => _options is { Delete: true, Force: false } && !inventory.SourceIsFile;

    /// <summary>A directory becomes a file, or a file a directory, only with --force.</summary>
    /// <exception cref="RelayFaultException">One would have to.</exception>
    public static void CheckConflicts(NeedPlan plan)
    {
        if (plan.Conflicts is { } conflicts)
            throw new RelayFaultException(RelayFault.Conflict, $"a file would replace a directory, or a directory a file: {conflicts}; use --force to replace them");
    }

    /// <summary>DEST is no place where a copy or a deletion would do harm.</summary>
    /// <exception cref="RelayFaultException">It is.</exception>
    public void CheckPlace(TreePlace source)
    {
        CheckSource(tree.Place(), source);
        if (IsGuarded && tree.ProtectedName() is { } name)
            throw new RelayFaultException(RelayFault.NeedsForce, $"DEST {start.Path} is {name}, and --delete would delete all extraneous files there");
    }

    /// <summary>What the comparison has shown can be done.</summary>
    /// <exception cref="RelayFaultException">It can't, or most likely is not meant.</exception>
    public void CheckPlan(NeedPlan plan)
    {
        CheckEmptySource();
        CheckOwners(plan);
    }

    /// <summary>Names of SRC that are one at DEST would be written over each other, in every run anew.</summary>
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

    /// <summary>A tree is neither copied into itself nor, with what surrounds it, deleted.</summary>
    private void CheckSource(TreePlace place, TreePlace source)
    {
        if (place.IsSameAs(source)) return;
        if (source.Contains(place)) throw new RelayFaultException(RelayFault.InsideSource, $"DEST {start.Path} lies inside SRC: it would be copied into itself");
        if (_options.Delete && place.Contains(source)) throw new RelayFaultException(RelayFault.InsideSource, $"SRC lies inside DEST {start.Path}: --delete would delete it");
    }

    /// <summary>A SRC that is empty is most often one that is not mounted, or mistyped.</summary>
    private void CheckEmptySource()
    {
        bool isEmpty;
        lock (inventory.Gate) isEmpty = inventory.IsListingWhole && inventory.Catalog.Entries.All(e => e.Path.IsRoot);
        if (IsGuarded && isEmpty) throw new RelayFaultException(RelayFault.NeedsForce, $"SRC is empty, or all of it is excluded, and --delete would empty DEST {start.Path}");
    }

    /// <summary>A login that may not give files away would leave every owner wrong. Groups are tried: a login may give files to its own.</summary>
    private void CheckOwners(NeedPlan plan)
    {
        if (!_options.Owner) return;
        var made = plan.Directories.Concat(plan.Symlinks).Concat(plan.Empty).Concat(plan.Lacking);
        int foreign = made.Count(e => !tree.MayOwn(listed[e]));
        if (foreign > 0) throw new RelayFaultException(RelayFault.Permission, $"--owner: {foreign} entries do not belong to the login, and only root may change owners");
    }
}
