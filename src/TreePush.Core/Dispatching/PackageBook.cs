namespace TreePush.Core.Dispatching;

/// <summary>The packages that a journal tells of. A damaged journal never makes a dispatcher fail.</summary>
public sealed class PackageBook
{
    private readonly Dictionary<string, Package> _packages = [];
    private readonly Dictionary<string, PackageSeen> _seen = [];
    private readonly Dictionary<string, PackageRefused> _refused = [];

    public IReadOnlyCollection<Package> Packages => _packages.Values;

    /// <summary>Files that were about to be read when a dispatcher ended.</summary>
    public IReadOnlyCollection<PackageSeen> Unread => _seen.Values;

    /// <summary>Files that could not become packages, by path.</summary>
    public IReadOnlyCollection<PackageRefused> Refused => _refused.Values;

    public Package? Find(string id) => _packages.GetValueOrDefault(id);

    /// <summary>Takes what happened.</summary>
    /// <returns>False if it can't follow what was before; it is then passed over.</returns>
    public bool Apply(DispatchEvent happened)
    {
        switch (happened)
        {
            case PackageSeen e:
                _seen[e.Path] = e;
                return true;
            case PackageRefused e:
                _seen.Remove(e.Path);
                _refused[e.Path] = e;
                return true;
            case PackageArrived e:
                Settle(e.Path);
                return _packages.TryAdd(e.Package, Package.Of(e));
            case PackageRepeated e:
                Settle(e.Path);
                return _packages.ContainsKey(e.Package);
            case HostStep e: return Apply(e);
            case PackageForgotten e: return _packages.Remove(e.Package) | _refused.Remove(e.Package) | _seen.Remove(e.Package);
            default: return false;
        }
    }

    private void Settle(string path)
    {
        _seen.Remove(path);
        _refused.Remove(path);
    }

    private bool Apply(HostStep step)
    {
        if (_packages.GetValueOrDefault(step.Package) is not { } package || package.Deliveries.GetValueOrDefault(step.Host) is not { } delivery) return false;
        if (delivery.After(step) is not { } moved) return false;
        _packages[package.Id] = package with { Deliveries = package.Deliveries.SetItem(step.Host, moved) };
        return true;
    }
}
