namespace TreePush.Core.Queueing.Simulation;

/// <summary>A fleet of agents with one task, as a simulation imagines it. Equal scenarios give equal runs.</summary>
public sealed record QueueScenario
{
    public int Seed { get; init; } = 1;

    public int Agents { get; init; } = 1000;

    public int Zones { get; init; } = 4;

    public int Slots { get; init; } = 2;

    public int MaxAttempts { get; init; } = 10;

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a transfer takes on average; each takes between half and one and a half of it.</summary>
    public TimeSpan Transfer { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>How long a message or a call takes.</summary>
    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>How often an agent that waits looks by itself.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The chance that a machine dies in the middle of an attempt, and that it dies after it has finished.</summary>
    public double Deaths { get; init; }

    /// <summary>The chance that an agent is halted for longer than its lease in the middle of an attempt.</summary>
    public double Pauses { get; init; }

    /// <summary>The chance that an attempt fails.</summary>
    public double Failures { get; init; }

    /// <summary>The share of agents that come late, over ten minutes.</summary>
    public double Late { get; init; }
}
