using System.CommandLine;
using TreePush.Cli.Commands.Planning;
using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Json;

namespace TreePush.Cli.Commands;

/// <summary><c>treepush plan</c>: simulates a push to any number of hosts with the scheduler that runs real pushes.</summary>
internal static class PlanCommand
{
    /// <summary>A comparison for this many hosts takes seconds; for more hosts it would take minutes.</summary>
    private const int MostCompared = 200_000;

    public static CommandPage Page()
    {
        var options = new PlanOptions();
        var command = new Command("plan", "Simulate a push to any number of hosts: rounds, time, and the effect of -m and of failures");
        foreach (var option in options.Groups.SelectMany(g => g.Options)) command.Add(option);
        command.SetAction(parsed => Run(options, parsed));
        return new CommandPage(
            command,
            ["treepush plan --hosts N --size SIZE --rate RATE [options]"],
            options.Groups,
            [
                new("Copy 1 GB to 100,000 hosts", "treepush plan --hosts 100000 --size 1GB --rate 1Gbit"),
                new("Show what 1% of dead hosts and 2% of slow hosts cost", "treepush plan --hosts 500 --size 64M --rate 100Mbit --fail 1% --slow 2% -r 1"),
                new("Let -m auto find the number of transfers for links that one ssh stream can't fill", "treepush plan --hosts 1000 --size 10GB --rate 25Gbit --stream-rate 300MB/s -m auto"),
            ]);
    }

    private static int Run(PlanOptions options, ParseResult parsed)
    {
        var (settings, problems) = PlanSettings.Read(options, parsed);
        if (problems.Count > 0)
        {
            App.Complain(problems);
            return ExitCode.Usage;
        }

        var fleet = ImaginedFleet.Of(settings.Hosts, settings.Zones);
        var plan = new Plan(settings, fleet.Zones, Forecast.All(settings, fleet, settings.Hosts > MostCompared));
        if (settings.Json) Console.Out.WriteLine(PlanJson.Write(plan));
        else new PlanText(plan, SheetWriter.OfOutput()).Write();
        return ExitCode.Success;
    }
}
