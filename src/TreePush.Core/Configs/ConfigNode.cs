namespace TreePush.Core.Configs;

/// <summary>A value in a configuration file, whatever the file's syntax, with the line that it begins in.</summary>
public abstract record ConfigNode(int Line);

/// <param name="Value">Null where a key stands without a value.</param>
public sealed record ConfigText(int Line, string? Value) : ConfigNode(Line);

public sealed record ConfigList(int Line, IReadOnlyList<ConfigNode> Items) : ConfigNode(Line);

public sealed record ConfigMap(int Line, IReadOnlyList<ConfigEntry> Entries) : ConfigNode(Line);

/// <param name="Line">The line of the key.</param>
public sealed record ConfigEntry(int Line, string Key, ConfigNode Value);
