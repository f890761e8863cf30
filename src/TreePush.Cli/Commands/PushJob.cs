using TreePush.Cli.Commands.Running;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <inheritdoc/>
internal sealed class PushJob(RunRequest request, PushWork push) : Job(request)
{
    private readonly PushTally _tally = new(push.Slots);

    public override IRunView View => field ??= new PushView(_tally);

    public override string WhatItBrings => "command";

    /// <summary>
    /// The controller of a push connects to sources only. A target becomes a source only if there is another target to
    /// serve.
    /// </summary>
    public override bool NeedsSsh => Request.Sources.Any(s => !s.IsLocal) || Request.Targets.Count > 1;

    public override IReportFold Report(IReadOnlySet<HostName> served) => new PushReportFold(Request, push, served);

    public override Func<string, IEnumerable<string>> Prompt(RunControls controls) => new PushPrompt(_tally, controls).Execute;

    public override int? Foretell(IReadOnlySet<HostName> served, bool json) => DryRun.Show(Request, push, served, json);
}
