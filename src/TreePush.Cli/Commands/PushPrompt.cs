using TreePush.Cli.Output.Console;
using TreePush.Core.Pushing;

namespace TreePush.Cli.Commands;

/// <summary>What can be typed while a push goes on.</summary>
internal sealed class PushPrompt(PushTally tally, Action<PushInput> post)
{
    public static readonly string[] Help =
    [
        "help                 this help",
        "show                 what runs, and who is set aside",
        "reconnect slow|all   end transfers that cross zones or take long, or all, and try them from elsewhere",
        "pause, resume        start nothing new; go on",
        "quit                 let what runs end, then stop; again: end it now",
    ];

    /// <summary>Does what the line says.</summary>
    /// <returns>What to answer.</returns>
    public IEnumerable<string> Execute(string text)
    {
        PushInput? input;
        lock (tally)
        {
            if (text == "show") return [.. ShowLines.Of(tally, DateTimeOffset.UtcNow)];
            input = Parse(text, tally.Stopping is not null);
        }

        if (input is null) return text == "help" ? Help : [$"there is no command '{text}'", .. Help];
        post(input);
        return [];
    }

    /// <returns>What the text means for the run; null where it is no command for it.</returns>
    private static PushInput? Parse(string text, bool isStopping) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["reconnect"] or ["reconnect", "slow"] => new PushInput.Reconnect(OnlySlow: true),
        ["reconnect", "all"] => new PushInput.Reconnect(OnlySlow: false),
        ["pause"] => new PushInput.Pause(),
        ["resume"] => new PushInput.Continue(),
        ["quit"] => new PushInput.Stop(Kill: isStopping),
        _ => null,
    };
}
