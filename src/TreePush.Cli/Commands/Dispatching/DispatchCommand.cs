using System.CommandLine;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary><c>treepush dispatch</c>: packages that arrive are delivered to hosts by rules, and installed there.</summary>
internal static class DispatchCommand
{
    public const string Name = "dispatch";

    public static CommandPage Page()
    {
        var options = new DispatchOptions();
        var command = new Command(Name, "Deliver packages by rules as they arrive, and install them; no package is lost, and none is installed twice") { options.Words };
        foreach (var option in options.Groups.SelectMany(g => g.Options)) command.Add(option);
        command.SetAction((parsed, ct) =>
        {
            _ = Task.Run(() => RelayPackage.Shipped, ct); // It is hashed while the rules are read.
            return new DispatchLauncher(DispatchSettings.Read(options, parsed)).RunAsync(ct);
        });
        return new CommandPage(
            command,
            [
                "treepush dispatch FILE... -c RULES [options]",
                "treepush dispatch --watch DIR -c RULES [options]",
                "treepush dispatch --check -c RULES [NAME...]",
                "treepush dispatch status|retry|forget -c RULES [NAME...]",
            ],
            options.Groups,
            [
                new("Deliver a package by the rules, and install it", "treepush dispatch build/app-1.2.tgz -c rules.yml"),
                new("Deliver whatever is uploaded into a directory", "treepush dispatch --watch /srv/incoming -c rules.yml"),
                new("Show where a package would go", "treepush dispatch --check -c rules.yml app-1.3.tgz"),
                new("Show packages that are not done; then try one again", "treepush dispatch status -c rules.yml; treepush dispatch retry app-1.2.tgz -c rules.yml"),
            ]);
    }
}
