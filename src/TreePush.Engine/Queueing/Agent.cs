using TreePush.Core.Runs;

namespace TreePush.Engine.Queueing;

/// <summary>Pulls the files of all open tasks, and offers what it has.</summary>
public sealed class Agent
{
    private readonly AgentOptions _options;
    private readonly AgentContext _context;

    public Agent(AgentOptions options, AgentContext context) => (_options, _context) = (options, context);

    /// <summary>Works until it is stopped, or until nothing is open for it where it is to work once.</summary>
    /// <param name="stop">Ends running transfers and gives their claims back.</param>
    /// <returns>Why it could not go on; null if it was stopped or has nothing more to do.</returns>
    public Task<Failure?> RunAsync(CancellationToken stop) => throw new NotSupportedException($"{_options.Name} {_context.Store}");
}
