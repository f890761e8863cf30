using System.Text.Json;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Cli.Output.Html;

/// <summary>
/// The failures of a run, each once. Their text is the only part of a report without a limit of its own. If a whole fleet
/// fails, the last lines are omitted first, then the messages, so that browsers can still open the page.
/// </summary>
internal sealed class FailureBook
{
    /// <summary>The size of the text in the page, in bytes, above which the commands' last lines are omitted.</summary>
    private const int TailsLimit = 2_000_000;

    /// <summary>The size, in bytes, above which only a failure's kind is kept.</summary>
    private const int TextLimit = 3_000_000;

    private readonly List<ReportFailure> _failures = [];
    private readonly Dictionary<Failure, int> _places = [];
    private readonly Dictionary<FailureKind, int> _placesOfKinds = [];
    private int _size;

    public IReadOnlyList<ReportFailure> Failures => _failures;

    /// <returns>The failure's index in <see cref="Failures"/>.</returns>
    public int PlaceOf(Failure failure)
    {
        if (_places.TryGetValue(failure, out int place)) return place;
        place = _size < TextLimit ? Add(Described(failure)) : PlaceOf(failure.Kind);
        _places[failure] = place;
        return place;
    }

    private int PlaceOf(FailureKind kind)
    {
        if (!_placesOfKinds.TryGetValue(kind, out int place)) _placesOfKinds[kind] = place = Add(new ReportFailure(kind));
        return place;
    }

    private int Add(ReportFailure failure)
    {
        _failures.Add(failure);
        return _failures.Count - 1;
    }

    private ReportFailure Described(Failure failure)
    {
        string message = Measured(failure.Message);
        string? hint = failure.Hint is { } given ? Measured(given) : null;
        // Lines that are in the message already are not repeated.
        bool hasMore = failure.Tail?.Any(l => !failure.Message.EndsWith(l, StringComparison.Ordinal)) == true;
        IReadOnlyList<string>? tail = hasMore && _size < TailsLimit ? [.. failure.Tail!.TakeLast(10).Select(Measured)] : null;
        return new ReportFailure(failure.Kind, message, hint, failure.ExitCode, tail);
    }

    private string Measured(string text)
    {
        string line = DisplayText.Line(text);
        _size += JsonEncodedText.Encode(line).EncodedUtf8Bytes.Length;
        return line;
    }
}
