using TreePush.Cli.Commands.Running;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Cli.Output.Console;

/// <summary>Shows a run while it goes on: as a live view on a terminal, as plain lines elsewhere.</summary>
internal abstract class Screen : IRunObserver, IAsyncDisposable
{
    public static Screen Open(RunSettings settings, IRunView view)
    {
        bool live = Messages.IsTerminal && !settings.NoLive && !settings.Quiet && !settings.Debug && Foreground.IsOurs();
        return live ? new LiveScreen(view, new SystemTerminal()) : new PlainScreen(view.Plain(System.Console.Error, settings.Quiet));
    }

    public abstract void OnEvent(RunEvent happened);

    public abstract void Debug(string line);

    /// <summary>Starts to read the user's input, if there is a terminal.</summary>
    /// <param name="execute">Executes a typed line, and returns the lines to answer.</param>
    public abstract void Start(Func<string, IEnumerable<string>> execute);

    public abstract ValueTask DisposeAsync();

    private sealed class PlainScreen(PlainOutput output) : Screen
    {
        public override void OnEvent(RunEvent happened) => output.OnEvent(happened);

        public override void Debug(string line) => System.Console.Error.WriteLine(line);

        public override void Start(Func<string, IEnumerable<string>> execute)
        {
            // Plain output reads no input.
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
