namespace TreePush.Core.Configs;

/// <summary>
/// Reads the keys of a map, and gathers what is wrong with them, each with its line. Keys that nobody asks for are unknown:
/// <see cref="RefuseUnknown"/> tells them, so it is called last.
/// </summary>
public sealed class ConfigReader
{
    private readonly string _file;
    private readonly List<Problem> _problems;
    private readonly Dictionary<string, ConfigEntry> _entries = [];
    private readonly SortedSet<string> _known = new(StringComparer.Ordinal);

    public ConfigReader(string file, ConfigMap map, List<Problem> problems)
    {
        (_file, _problems, Line) = (file, problems, map.Line);
        foreach (var entry in map.Entries)
            if (!_entries.TryAdd(entry.Key, entry)) Refuse(entry.Line, $"{HostSyntax.Quoted(entry.Key)} is given twice", null);
    }

    /// <summary>The line that the map begins in.</summary>
    public int Line { get; }

    /// <returns>Null if the key is absent or has no value.</returns>
    public string? Text(string key) => Find(key) switch
    {
        ConfigText text => text.Value,
        { } other => Refuse<string>(other.Line, key, "one value", null),
        null => null,
    };

    /// <summary>One value, or a list of values.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        switch (Find(key))
        {
            case null or ConfigText { Value: null }: return [];
            case ConfigText text: return [text.Value!];
            case ConfigList list when list.Items.All(i => i is ConfigText { Value: not null }): return [.. list.Items.Select(i => ((ConfigText)i).Value!)];
            case { } other: return Refuse<string[]>(other.Line, key, "a value or a list of values", null) ?? [];
        }
    }

    public TimeSpan? Time(string key) => Parsed(key, "a time", "for example 500ms, 10s, 5m or 2h", text => Quantity.TryTime(text, out var time) ? time : (TimeSpan?)null);

    public int? Count(string key, int least, int most) =>
        Parsed(key, $"a number from {least} to {most}", null, text => int.TryParse(text, out int number) && number >= least && number <= most ? number : (int?)null);

    public bool? Flag(string key) =>
        Parsed(key, "true or false", null, text => text is "true" or "false" ? text == "true" : (bool?)null);

    /// <summary>One of some words.</summary>
    public T? Choice<T>(string key, IReadOnlyDictionary<string, T> words)
        where T : struct =>
        Parsed(key, "one of " + string.Join(", ", words.Keys), null, text => words.TryGetValue(text, out var value) ? value : (T?)null);

    public ConfigReader? Map(string key) => Find(key) switch
    {
        null or ConfigText { Value: null } => null,
        ConfigMap map => new ConfigReader(_file, map, _problems),
        { } other => Refuse<ConfigReader>(other.Line, key, "keys with values", null),
    };

    /// <summary>The maps of a list.</summary>
    public IReadOnlyList<ConfigReader> Maps(string key)
    {
        switch (Find(key))
        {
            case null or ConfigText { Value: null }: return [];
            case ConfigList list when list.Items.All(i => i is ConfigMap): return [.. list.Items.Select(i => new ConfigReader(_file, (ConfigMap)i, _problems))];
            case { } other: return Refuse<ConfigReader[]>(other.Line, key, "a list of keys with values", "each entry begins with a dash") ?? [];
        }
    }

    /// <summary>Keys and values that the file's author chooses.</summary>
    public IReadOnlyList<ConfigEntry> Entries(string key) => Find(key) switch
    {
        null or ConfigText { Value: null } => [],
        ConfigMap map => map.Entries,
        { } other => Refuse<ConfigEntry[]>(other.Line, key, "keys with values", null) ?? [],
    };

    /// <summary>The line of a key; that of the map if the key is absent.</summary>
    public int LineOf(string key) => _entries.TryGetValue(key, out var entry) ? entry.Line : Line;

    /// <summary>Tells what is wrong with the value of a key.</summary>
    public void Refuse(string key, string what, string? hint = null) => Refuse(LineOf(key), what, hint);

    /// <summary>Tells the keys that nobody has asked for.</summary>
    public void RefuseUnknown()
    {
        foreach (var entry in _entries.Values.Where(e => !_known.Contains(e.Key)))
            Refuse(entry.Line, $"there is no key {HostSyntax.Quoted(entry.Key)}", "known here: " + string.Join(", ", _known));
    }

    private T? Parsed<T>(string key, string wanted, string? hint, Func<string, T?> parse)
        where T : struct
    {
        if (Text(key) is not { } text) return null;
        if (parse(text) is { } value) return value;
        Refuse(LineOf(key), $"{key}: {HostSyntax.Quoted(text)} is not {wanted}", hint);
        return null;
    }

    private ConfigNode? Find(string key)
    {
        _known.Add(key);
        return _entries.GetValueOrDefault(key)?.Value;
    }

    private T? Refuse<T>(int line, string key, string wanted, string? hint)
        where T : class
    {
        Refuse(line, $"{key} needs {wanted}", hint);
        return null;
    }

    private void Refuse(int line, string what, string? hint) => _problems.Add(new Problem($"{_file}:{line}", what, hint));
}
