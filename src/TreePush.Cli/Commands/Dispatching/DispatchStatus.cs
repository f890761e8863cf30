using TreePush.Cli.Output.Console;
using TreePush.Cli.Output.Dispatching;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary><c>treepush dispatch status</c>: the packages that are not done yet, or all, and files that were refused.</summary>
internal sealed class DispatchStatus(DispatchJournal journal, DispatchSettings settings)
{
    /// <returns>The exit code: 3 if a package needs a person.</returns>
    public int Show()
    {
        var packages = journal.Read(b => b.Packages.OrderBy(p => p.Arrival.Time).ToList()).Where(IsWanted).ToList();
        var refused = journal.Read(b => b.Refused.OrderBy(r => r.Time).ToList()).Where(r => settings.Names.Count == 0 || settings.Names.Contains(Path.GetFileName(r.Path))).ToList();
        if (settings.Json) foreach (var package in packages) Console.Out.WriteLine(StatusJson.Write(package));
        if (settings.Json) foreach (var refusal in refused) Console.Out.WriteLine(DispatchJson.Write(refusal));
        if (!settings.Json) ShowText(packages, refused);
        return packages.Any(p => p.State is PackageState.Failed or PackageState.Unknown) ? ExitCode.Failed : ExitCode.Success;
    }

    private bool IsWanted(Package package) =>
        settings.Names.Count > 0 ? settings.Names.Contains(package.Name) || settings.Names.Contains(package.Id) : settings.All || !package.IsDone;

    private static void ShowText(List<Package> packages, List<PackageRefused> refused)
    {
        var sheet = SheetWriter.OfOutput();
        var rows = packages.SelectMany(p => p.Deliveries.Values.OrderBy(d => d.Host).Select(d => Row(p, d))).ToList();
        if (rows.Count > 0) sheet.Write(new Sheet("Packages", ["package", "host", "state", "since", "attempts", "last failure"], new HashSet<int> { 0, 1, 2, 3, 5 }, rows));
        if (refused.Count > 0)
            sheet.Write(new Sheet("Refused files", ["file", "since", "reason"], new HashSet<int> { 0, 1, 2 }, [.. refused.Select(r => new SheetRow([DisplayText.Line(r.Path, 200), Since(r.Time), r.Reason]))]));
        if (rows.Count == 0 && refused.Count == 0) sheet.Line("all packages are done");
    }

    private static SheetRow Row(Package package, Delivery delivery) => new(
        [DisplayText.Line(package.Name, 60), delivery.Host.Value, delivery.State.ToString().ToLowerInvariant(), Since(delivery.Since), delivery.Attempts.ToString(), DisplayText.Line(delivery.Failure?.Message ?? "", 120)],
        delivery.State is PackageState.Failed or PackageState.Unknown);

    private static string Since(DateTimeOffset time) => $"{time.ToLocalTime():yyyy-MM-dd HH:mm:ss}";
}
