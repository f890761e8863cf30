using TreePush.Cli.Commands.Running;
using TreePush.Core.Hosts;
using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Commands;

/// <summary>Builds a push from the user's settings.</summary>
internal sealed class PushBuilder(PushSettings settings) : RunBuilder(settings.Run, settings.Problems)
{
    protected override string Command => settings.Command!;

    protected override bool NamesWork => settings.Command is not null;

    protected override void CheckWork()
    {
        if (string.IsNullOrWhiteSpace(settings.Command))
            Refuse(new Problem("", "no command is given", "for example: treepush 'scp -P $TPUSH_PORT /data/f $TPUSH_USER@$TPUSH_HOST:/data/f' -s 10.0.0.1 -l hosts.txt"));
        else if (settings.Command.Contains('\0', StringComparison.Ordinal))
            Refuse(new Problem("", "the command has a NUL character"));
    }

    protected override IReadOnlyList<Host> UsualSources()
    {
        Refuse(new Problem("-s", "no source is given", "-s names the hosts that have the files, for example -s 10.0.0.1; -s local is this machine"));
        return [];
    }

    protected override Work NewWork() => Change(new PushWork { Slots = settings.Slots });

    protected override RunRequest Change(RunRequest earlier)
    {
        if (earlier.Work is PushWork push) return earlier with { Work = Change(push) };
        foreach (string option in settings.Own) Refuse(new Problem(option, $"the run {earlier.Run} is a sync, which has no such option", "treepush sync --help lists its options"));
        return earlier;
    }

    private PushWork Change(PushWork work) => work with
    {
        Slots = settings.SlotsGiven ? settings.Slots : work.Slots,
        Retries = settings.Retries ?? work.Retries,
        Timeout = settings.Timeout ?? work.Timeout,
        MaxTransfers = settings.MaxTransfers ?? work.MaxTransfers,
    };
}
