using TreePush.Cli.Commands.Running;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>Where people follow a run: the live view on a terminal, plain lines elsewhere.</summary>
internal abstract class Screen : IRunObserver, IAsyncDisposable
{
    public static Screen Open(RunSettings settings, IRunView view)
    {
        bool live = Messages.IsTerminal && !settings.NoLive && !settings.Quiet && !settings.Debug && Foreground.IsOurs();
        return live ? new LiveScreen(view, new SystemTerminal()) : new PlainScreen(view.Plain(System.Console.Error, settings.Quiet));
    }

    public abstract void OnEvent(RunEvent happened);

    public abstract void Debug(string line);

    /// <summary>Begins to read what the user types, where there is a terminal to type on.</summary>
    /// <param name="execute">Does what a typed line says, and returns what to answer.</param>
    public abstract void Start(Func<string, IEnumerable<string>> execute);

    public abstract ValueTask DisposeAsync();

    private sealed class PlainScreen(PlainOutput output) : Screen
    {
        public override void OnEvent(RunEvent happened) => output.OnEvent(happened);

        public override void Debug(string line) => System.Console.Error.WriteLine(line);

        public override void Start(Func<string, IEnumerable<string>> execute)
        {
            // Nothing can be typed where nobody watches.
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
