using TreePush.Core.Hosts;
using TreePush.Core.Pushing.Simulation;
using TreePush.Core.Runs;

namespace TreePush.Cli.Tests.Output;

/// <summary>A run whose hosts and commands try to be more than text.</summary>
internal static class HostileText
{
    public const string Message = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">";

    private static readonly string[] Names =
    [
        "</script><script>document.title='taken'</script>", "\"><img src=x onerror=alert(1)>", "<!--<script>", "{{data}}", "__proto__",
        "\u202Egnp.evil\u2028line", "日本語", "😀\ud800", "a'b\"c&amp;d", new string('w', 253),
    ];

    public static SimulatedRun Run { get; } = SimulatedRun.Of(40, new SimulatedNetwork { DeadTargets = 0.3 }, name: Name).Telling(Words);

    private static string Name(int n) => Names[n % Names.Length] + n.ToString();

    private static Failure Words(Failure failure, HostName target) => failure with
    {
        Message = Message + target,
        Hint = "<b>${1}</b> \\u003c/script>",
        Tail = ["\e[2J\e[31mred", "--></textarea></title>", new string('x', 100_000)],
    };
}
