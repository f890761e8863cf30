namespace TreePush.Core.Pushing;

/// <summary>A zone: its targets that wait for their first attempt, and what is on its way to them.</summary>
internal sealed class Zone(string name, int order)
{
    private readonly Queue<Target> _waiting = new();

    public string Name { get; } = name;

    public int Order { get; } = order;

    public int Waiting => _waiting.Count;

    /// <summary>The number of running transfers into the zone.</summary>
    public int Inbound { get; set; }

    /// <summary>
    /// No further source is connected to before this time, because the sources at work should suffice. It is null once one of
    /// their transfers has ended.
    /// </summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>The number of waiting targets that sources being opened are meant for.</summary>
    public int Claimed { get; set; }

    /// <summary>The number of the zone's sources that are neither suspected nor retired.</summary>
    public int LiveSources { get; set; }

    /// <summary>The number of waiting targets that no source being opened is meant for.</summary>
    public int Unclaimed => Math.Max(0, Waiting - Claimed);

    /// <summary>Whether the zone needs a first copy from outside.</summary>
    public bool IsUnseeded => Waiting > 0 && Inbound == 0 && LiveSources == 0;

    public Target Next => _waiting.Peek();

    public void Enqueue(Target target) => _waiting.Enqueue(target);

    public Target Dequeue() => _waiting.Dequeue();
}
