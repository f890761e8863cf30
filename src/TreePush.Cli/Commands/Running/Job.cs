using TreePush.Cli.Commands.Syncing;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Commands.Running;

/// <summary>What the command line does differently for each job.</summary>
internal abstract class Job(RunRequest request)
{
    protected RunRequest Request { get; } = request;

    public static Job Of(RunRequest request) => request.Work switch
    {
        PushWork push => new PushJob(request, push),
        SyncWork => new SyncJob(request),
        _ => throw new NotSupportedException($"{request.Work.GetType().Name} is no work of this version."),
    };

    /// <summary>How the run is shown.</summary>
    public abstract IRunView View { get; }

    /// <summary>What a resumed run has already, in words.</summary>
    public abstract string WhatItBrings { get; }

    /// <summary>Whether ssh is needed at all.</summary>
    public abstract bool NeedsSsh { get; }

    /// <param name="served">Targets that an earlier part of the run has served.</param>
    public abstract IReportFold Report(IReadOnlySet<HostName> served);

    /// <summary>Does what is typed while the run goes on.</summary>
    /// <returns>What takes a line, and returns what to answer.</returns>
    public abstract Func<string, IEnumerable<string>> Prompt(RunControls controls);

    /// <summary>With <c>-n</c>: shows what the run would do, where that can be told without contacting anybody.</summary>
    /// <returns>The exit code; null where the run itself has to find out.</returns>
    public virtual int? Foretell(IReadOnlySet<HostName> served, bool json) => null;
}
