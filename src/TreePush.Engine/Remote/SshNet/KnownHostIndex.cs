namespace TreePush.Engine.Remote.SshNet;

/// <summary>Lines of known_hosts, by the names in them. Patterns and hashed names have to be compared one by one.</summary>
internal sealed class KnownHostIndex
{
    private readonly Dictionary<string, List<KnownHostLine>> _byName = [];
    private readonly List<KnownHostLine> _others = [];

    public KnownHostIndex(IEnumerable<string> lines)
    {
        foreach (string line in lines) Add(line);
    }

    public void Add(string text)
    {
        if (KnownHostLine.Parse(text) is not { } line) return;
        if (line.PlainNames is not { } names) _others.Add(line);
        else
            foreach (string name in names)
                if (_byName.TryGetValue(name, out var lines)) lines.Add(line);
                else _byName.Add(name, [line]);
    }

    public IEnumerable<KnownHostLine> Of(string name) => _byName.GetValueOrDefault(name, []).Concat(_others.Where(l => l.Holds(name)));
}
