using TreePush.Core.Pushing;

namespace TreePush.Cli.Commands;

/// <summary>What can be typed while a run goes on.</summary>
internal static class TypedCommand
{
    public static readonly string[] Help =
    [
        "help                 this help",
        "show                 what runs, and who is set aside",
        "reconnect slow|all   end transfers that cross zones or take long, or all, and try them from elsewhere",
        "pause, resume        start nothing new; go on",
        "quit                 let what runs end, then stop; again: end it now",
    ];

    /// <returns>What the text means for the run; null where it is no command for it.</returns>
    public static PushInput? Parse(string text, bool isStopping) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["reconnect"] or ["reconnect", "slow"] => new PushInput.Reconnect(OnlySlow: true),
        ["reconnect", "all"] => new PushInput.Reconnect(OnlySlow: false),
        ["pause"] => new PushInput.Pause(),
        ["resume"] => new PushInput.Continue(),
        ["quit"] => new PushInput.Stop(Kill: isStopping),
        _ => null,
    };
}
