namespace TreePush.Testing;

/// <summary>What an enclosure is to be like.</summary>
/// <param name="Directory">Where its own files lie; it must exist.</param>
/// <param name="Binds">What it sees where, in the order in which they are made.</param>
internal sealed record EnclosurePlan(string Directory, IReadOnlyList<Bind> Binds)
{
    /// <summary>Whether it sees only its own processes and so can signal no others.</summary>
    public bool OwnProcessIds { get; init; }

    /// <summary>The file of the network namespace it is in; null for the machine's.</summary>
    public string? Network { get; init; }

    /// <summary>One of the binds: whatever is run inside first makes sure that it stands. Null where nothing is run inside later.</summary>
    public Bind? Marker { get; init; }

    /// <summary>What to start inside; nothing, if empty.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];
}
