using TreePush.Cli.Commands.Syncing;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Commands.Running;

/// <summary>The parts of the command line that differ between jobs.</summary>
internal abstract class Job(RunRequest request)
{
    protected RunRequest Request { get; } = request;

    public static Job Of(RunRequest request) => request.Work switch
    {
        PushWork push => new PushJob(request, push),
        SyncWork => new SyncJob(request),
        _ => throw new NotSupportedException($"{request.Work.GetType().Name} is no work of this version."),
    };

    /// <summary>Shows the run.</summary>
    public abstract IRunView View { get; }

    /// <summary>The name of what a resumed run has already.</summary>
    public abstract string WhatItBrings { get; }

    /// <summary>Whether the run needs ssh.</summary>
    public abstract bool NeedsSsh { get; }

    /// <param name="served">Targets that an earlier part of the run has served.</param>
    public abstract IReportFold Report(IReadOnlySet<HostName> served);

    /// <summary>Executes the lines that the user types during the run.</summary>
    /// <returns>A function from a typed line to the lines to answer.</returns>
    public abstract Func<string, IEnumerable<string>> Prompt(RunControls controls);

    /// <summary>With <c>-n</c>: shows what the run would do, if that can be told without contacting a host.</summary>
    /// <returns>The exit code; null if the run itself must find out.</returns>
    public virtual int? Foretell(IReadOnlySet<HostName> served, bool json) => null;
}
