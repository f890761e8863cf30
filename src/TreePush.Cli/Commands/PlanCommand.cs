using System.CommandLine;

namespace TreePush.Cli.Commands;

internal static class PlanCommand
{
    public static Command Build() => new("plan", "Simulate a push to any number of hosts: rounds, time, the effect of -m and of failures");
}
