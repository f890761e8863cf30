using TreePush.Cli.Commands.Running;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Html;
using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands.Syncing;

/// <inheritdoc/>
internal sealed class SyncJob(RunRequest request) : Job(request)
{
    private readonly SyncTally _tally = new();

    public override IRunView View => field ??= new SyncView(_tally);

    public override string WhatItBrings => "SRC, its DEST";

    public override bool NeedsSsh => Request.Sources.Concat(Request.Targets).Any(h => !h.IsLocal);

    public override IReportFold Report(IReadOnlySet<HostName> served) => new SyncReportFold(Request, served);

    public override Func<string, IEnumerable<string>> Prompt(RunControls controls) => new SyncPrompt(_tally, controls).Execute;
}
