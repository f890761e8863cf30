namespace TreePush.Core.Queueing.Simulation;

/// <summary>What becomes of an attempt.</summary>
internal enum AgentFate
{
    /// <summary>It succeeds.</summary>
    Success,

    /// <summary>The agent dies in the middle.</summary>
    Death,

    /// <summary>The agent is halted in the middle, for longer than its lease.</summary>
    Pause,

    /// <summary>It fails at its end.</summary>
    Failure,

    /// <summary>The source does not answer.</summary>
    Silence,
}
