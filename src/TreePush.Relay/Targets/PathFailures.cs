using TreePush.Relay.Files;

namespace TreePush.Relay.Targets;

/// <summary>
/// The paths of this host that could not be written, finished or deleted. They are reported up to a limit. The work on the rest
/// of the tree continues, and the host fails at the end. Any thread may add paths.
/// </summary>
/// <param name="isReadOnly">Whether nothing in DEST can be written, rather than only the path that was tried.</param>
internal sealed class PathFailures(Action<FileFault> tell, Func<bool> isReadOnly)
{
    /// <summary>The most paths that are reported; more are only counted. A directory that can't be written may contain a million files.</summary>
    private const int MostTold = 100;

    /// <summary>The most paths that are remembered, so that a path that fails twice counts once.</summary>
    private const int MostRemembered = 10_000;

    private readonly Lock _gate = new();
    private readonly HashSet<RelativePath> _paths = [];
    private FileFault? _first;
    private int _count;

    public bool Any
    {
        get
        {
            lock (_gate) return _count > 0;
        }
    }

    /// <summary>Whether the first path failed for lack of permission.</summary>
    public bool IsPermission
    {
        get
        {
            lock (_gate) return _first is { Kind: FileFaultKind.Permission };
        }
    }

    /// <summary>Counts a path that could not be written.</summary>
    /// <exception cref="RelayFaultException">The fault would occur at every path: the host can't continue.</exception>
    public void Add(FileFault fault)
    {
        if (EndsHost(fault)) throw RelayFaultException.Of(fault);
        Count(fault);
    }

    /// <summary>Counts a path that could not be deleted or finished when everything else is in place.</summary>
    public void AddLate(FileFault fault) => Count(fault);

    private void Count(FileFault fault)
    {
        lock (_gate)
        {
            if (_paths.Contains(fault.Path)) return;
            if (_paths.Count < MostRemembered) _paths.Add(fault.Path);
            _first ??= fault;
            _count++;
            if (_count > MostTold + 1) return;
            tell(_count <= MostTold ? fault : new FileFault(FileFaultKind.Other, RelativePath.Root, 0, $"further failed paths are counted but not named ({MostTold} were named)"));
        }
    }

    /// <summary>Performs an action on one path.</summary>
    /// <returns>Whether the action succeeded.</returns>
    /// <exception cref="RelayFaultException">The host can't continue.</exception>
    public bool Try(Action act)
    {
        try
        {
            act();
            return true;
        }
        catch (FileFaultException e)
        {
            Add(e.Fault);
            return false;
        }
    }

    /// <summary>Returns how many paths failed and why the first one did, in one line; null if there are none.</summary>
    public string? Summary()
    {
        lock (_gate)
        {
            if (_first is null) return null;
            string first = _first.Path.IsRoot ? $"DEST: {_first.Text}" : _first.ToString();
            return _count == 1 ? $"1 path failed, {first}" : $"{_count} paths failed, the first was {first}";
        }
    }

    private bool EndsHost(FileFault fault) =>
        fault.Path.IsRoot || fault.Kind is FileFaultKind.DiskFull or FileFaultKind.Locked || (fault.Kind == FileFaultKind.ReadOnly && isReadOnly());
}
