using TreePush.Cli.Output.Console;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Dispatching;

/// <summary>What happens to packages as lines for people.</summary>
/// <param name="find">Finds a package by its id.</param>
internal sealed class PackageLines(Func<string, Package?> find)
{
    private const int TailLines = 5;

    public IEnumerable<string> Of(DispatchEvent happened) => happened switch
    {
        PackageArrived e => [$"{Name(e.Package)} arrived, {Amounts.Size(e.Size)}: rule {HostSyntax.Quoted(e.Rule)}, {Hosts(e.Hosts.Count)}, {DisplayText.Line(e.Folder)}"],
        PackageRefused e => Failed($"{DisplayText.Line(e.Path)} is not delivered: {e.Reason}", e.Hint),
        PackageRepeated e => [$"{Name(e.Package)} arrived again with the same content; it is {State(e.Package)} already"],
        DeliveryStarted { Attempt: > 1 } e => [$"{Name(e.Package)} → {e.Host}: attempt {e.Attempt}"],
        PackageDelivered e => [$"{Name(e.Package)} → {e.Host}: delivered as {DisplayText.Line(e.File)} ({e.Proof})"],
        DeliveryPostponed e => Failed($"{Name(e.Package)} → {e.Host}: delivery failed, next attempt at {Clock(e.Until)}", e.Failure),
        InstallStarted e => [$"{Name(e.Package)} → {e.Host}: install started"],
        InstallPostponed e => Failed($"{Name(e.Package)} → {e.Host}: the install could not be started, next attempt at {Clock(e.Until)}", e.Failure),
        PackageInstalled e => [$"{Name(e.Package)} → {e.Host}: installed{(e.ByHand ? ", as you say" : "")}"],
        InstallUnknown e => Failed($"{Name(e.Package)} → {e.Host}: UNKNOWN whether it is installed", e.Failure),
        PackageFailed e => Failed($"{Name(e.Package)} → {e.Host}: FAILED", e.Failure),
        PackageForgotten e => [$"{Name(e.Package)} is forgotten"],
        _ => [],
    };

    /// <summary>Whether the event is told with <c>-q</c>, too.</summary>
    public static bool IsTrouble(DispatchEvent happened) =>
        happened is PackageRefused or DeliveryPostponed or InstallPostponed or InstallUnknown or PackageFailed;

    private string Name(string id) => DisplayText.Line(find(id)?.Name ?? id, 200);

    private string State(string id) => find(id)?.State.ToString().ToLowerInvariant() ?? "known";

    private static string Hosts(int count) => $"{count} host{(count == 1 ? "" : "s")}";

    private static string Clock(DateTimeOffset time) => $"{time.ToLocalTime():HH:mm:ss}";

    private static IEnumerable<string> Failed(string what, Failure failure)
    {
        yield return $"{what}: {DisplayText.Line(failure.Message)}";
        foreach (string line in (failure.Tail ?? []).Where(l => !failure.Message.EndsWith(l, StringComparison.Ordinal)).TakeLast(TailLines)) yield return "  | " + DisplayText.Line(line);
        if (failure.Hint is { } hint) yield return "  hint: " + hint;
    }

    private static IEnumerable<string> Failed(string what, string? hint) => hint is null ? [what] : [what, "  hint: " + hint];
}
