using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>Tells how an install command failed.</summary>
internal static class InstallFailure
{
    private const int CannotExecute = 126, NotFound = 127, Signalled = 128;

    public static Failure OfStatus(Host host, int status, IReadOnlyList<string> tail)
    {
        var (kind, what, hint) = status switch
        {
            NotFound => (FailureKind.CommandNotFound, "names a program that is not there", "a login without a terminal may have a shorter PATH: write the program's full path"),
            CannotExecute => (FailureKind.CommandFailed, "can't be executed", (string?)"has it the x bit?"),
            > Signalled and < 160 => (FailureKind.CommandKilled, $"was ended by signal {status - Signalled}", null),
            _ => (FailureKind.CommandFailed, $"ended with status {status}", null),
        };
        return New(kind, $"the install command {what} on {host}", hint, tail, status);
    }

    public static Failure OfTimeout(Host host, TimeSpan limit, IReadOnlyList<string> tail) =>
        New(FailureKind.TimedOut, $"the install command took more than {Shown(limit)} on {host} and was ended", "does it wait for input? a rule's install_limit gives it more time", tail);

    public static Failure OfInterruption(Host host, IReadOnlyList<string> tail) =>
        New(FailureKind.Interrupted, $"the install command was ended on {host} while it ran", "look at the host before it is run again", tail);

    public static Failure OfLoss(Host host, Failure? loss, IReadOnlyList<string> tail) =>
        New(loss?.Kind ?? FailureKind.CommandKilled, $"the install command was started on {host}, and how it ended is not known: {loss?.Message ?? "its shell was ended"}", "look at the host before it is run again", tail);

    private static Failure New(FailureKind kind, string message, string? hint, IReadOnlyList<string> tail, int? status = null)
    {
        string[] shown = [.. tail.Select(line => DisplayText.Line(OwnShell.Without(line)))];
        string last = shown.LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } line ? $": {line}" : "";
        return new Failure(kind, message + last, hint, status) { Tail = shown };
    }

    private static string Shown(TimeSpan limit) => limit.TotalMinutes >= 2 ? $"{limit.TotalMinutes:0.#} minutes" : $"{limit.TotalSeconds:0.#} seconds";
}
