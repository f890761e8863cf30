using TreePush.Cli.Commands;
using TreePush.Core.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>Where people follow a run: the live view on a terminal, plain lines elsewhere.</summary>
internal abstract class Screen : IRunObserver, IAsyncDisposable
{
    public static Screen Open(PushSettings settings, PushTally tally)
    {
        bool live = Messages.IsTerminal && !settings.NoLive && !settings.Quiet && !settings.Debug && Foreground.IsOurs();
        return live ? new LiveScreen(tally) : new PlainScreen(new PlainOutput(System.Console.Error, tally, settings.Quiet));
    }

    public abstract void Notice(RunEvent happened);

    public abstract void Debug(string line);

    /// <summary>Begins to read what the user types, where there is a terminal to type on.</summary>
    public abstract void Start(Action<PushInput> post);

    public abstract ValueTask DisposeAsync();

    private sealed class PlainScreen(PlainOutput output) : Screen
    {
        public override void Notice(RunEvent happened) => output.Notice(happened);

        public override void Debug(string line) => System.Console.Error.WriteLine(line);

        public override void Start(Action<PushInput> post)
        {
            // Nothing can be typed where nobody watches.
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
