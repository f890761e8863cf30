namespace TreePush.Core.Pushing;

/// <summary>The targets of one zone that wait for their first attempt, and what is on its way to them.</summary>
internal sealed class Zone(string name, int order)
{
    private readonly Queue<Target> _waiting = new();

    public string Name { get; } = name;

    public int Order { get; } = order;

    public int Waiting => _waiting.Count;

    /// <summary>Transfers under way into the zone.</summary>
    public int Inbound { get; set; }

    /// <summary>Until when no further source is connected to because those at work should do; null once one of them got on.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    /// <summary>Waiting targets that sources being opened are meant for.</summary>
    public int Claimed { get; set; }

    /// <summary>Sources of the zone that serve or may yet serve.</summary>
    public int LiveSources { get; set; }

    /// <summary>Waiting targets that no source being opened is meant for.</summary>
    public int Unclaimed => Math.Max(0, Waiting - Claimed);

    /// <summary>The zone needs a first copy from outside.</summary>
    public bool IsUnseeded => Waiting > 0 && Inbound == 0 && LiveSources == 0;

    public Target Next => _waiting.Peek();

    public void Enqueue(Target target) => _waiting.Enqueue(target);

    public Target Dequeue() => _waiting.Dequeue();
}
