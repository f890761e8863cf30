using TreePush.Core.Pushing;

namespace TreePush.Cli.Output.Console;

internal sealed class LiveScreen(PushTally tally) : Screen
{
    private readonly PlainOutput _output = new(System.Console.Error, tally, false);

    public override void Notice(PushEvent happened) => _output.Notice(happened);

    public override void Debug(string line) => System.Console.Error.WriteLine(line);

    public override void Start(Action<PushInput> post) { }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
