using TreePush.Core.Queueing;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Queueing;

/// <summary>What an agent finds around it.</summary>
/// <param name="Driver">Opens this machine, on which the command runs.</param>
/// <param name="Logs">The folder for the output of commands; null to keep none.</param>
public sealed record AgentContext(ITaskStore Store, IRemoteHostDriver Driver, AgentLogs? Logs, TimeProvider Time)
{
    /// <summary>Told what happens, one event at a time and in order.</summary>
    public required Action<AgentEvent> Observe { get; init; }
}
