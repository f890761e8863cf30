using TreePush.Core.Queueing;
using TreePush.Engine.Queueing;

namespace TreePush.Cli.Output.Queueing;

/// <summary>Tells what happens to an agent: lines on standard error, and JSON on standard output if it is asked for.</summary>
internal sealed class AgentOutput(bool json, bool quiet)
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);

    /// <summary>Whether a file that the agent tried to pull is not here.</summary>
    public bool HasFailures
    {
        get
        {
            lock (_gate) return _failed.Count > 0;
        }
    }

    public void Tell(AgentEvent happened)
    {
        lock (_gate)
        {
            Remember(happened);
            if (json)
            {
                System.Console.Out.WriteLine(AgentJson.Write(happened));
                System.Console.Out.Flush();
            }

            if (quiet && !AgentLines.IsTrouble(happened)) return;
            foreach (string line in AgentLines.Of(happened)) System.Console.Error.WriteLine($"{happened.Time.ToLocalTime():HH:mm:ss} {line}");
        }
    }

    private void Remember(AgentEvent happened)
    {
        if (happened is PullFailed { Counted: true } or PullGivenUp) _failed.Add(((AgentTaskEvent)happened).Task);
        if (happened is PullFinished or FileOffered or TaskOver) _failed.Remove(((AgentTaskEvent)happened).Task);
    }
}
