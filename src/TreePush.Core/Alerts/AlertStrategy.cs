using System.Globalization;

namespace TreePush.Core.Alerts;

/// <summary>When errors raise an alert. Written <c>{90: 30, 150: 10}</c>: 30 errors within 90 s, or 10 within 150 s.</summary>
public sealed class AlertStrategy
{
    /// <summary>More errors than that are not waited for.</summary>
    public const int MostErrors = 100_000;

    internal const string Example = "for example {90: 30, 150: 10}: 30 errors within 90 s, or 10 within 150 s";

    private static readonly TimeSpan LongestWindow = TimeSpan.FromDays(30);

    private AlertStrategy(IReadOnlyList<AlertThreshold> thresholds) => Thresholds = thresholds;

    /// <summary>Each error raises an alert, but for a minute after an alert.</summary>
    public static AlertStrategy EachError { get; } = new([new AlertThreshold(TimeSpan.FromSeconds(60), 1)]);

    /// <summary>By window, the shortest first; never empty.</summary>
    public IReadOnlyList<AlertThreshold> Thresholds { get; }

    /// <param name="where">The file or option, for problems.</param>
    /// <param name="problems">Told what is wrong.</param>
    /// <returns>Null if something is wrong.</returns>
    public static AlertStrategy? Parse(string text, string where, ICollection<Problem> problems)
    {
        string inner = text.Trim();
        if (inner.StartsWith('{') && inner.EndsWith('}')) inner = inner[1..^1];
        var pairs = new List<KeyValuePair<TimeSpan, int>>();
        int before = problems.Count;
        foreach (string part in inner.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (Pair(part) is { } pair) pairs.Add(pair);
            else problems.Add(new Problem(where, $"\"{DisplayText.Line(part)}\" is not a number of seconds and a number of errors", Example));
        }

        return problems.Count > before ? null : Of(pairs, where, problems);
    }

    /// <param name="pairs">A window, and how many errors within it raise an alert.</param>
    /// <inheritdoc cref="Parse"/>
    public static AlertStrategy? Of(IEnumerable<KeyValuePair<TimeSpan, int>> pairs, string where, ICollection<Problem> problems)
    {
        var thresholds = pairs.Select(p => new AlertThreshold(p.Key, p.Value)).OrderBy(t => t.Window).ToList();
        int before = problems.Count;
        if (thresholds.Count == 0) problems.Add(new Problem(where, "no number of errors raises an alert", Example));
        foreach (var threshold in thresholds)
        {
            if (threshold.Window <= TimeSpan.Zero || threshold.Window > LongestWindow)
                problems.Add(new Problem(where, $"\"{threshold}\": a time lies between 0 s and {LongestWindow.TotalSeconds:0} s", Example));
            if (threshold.Errors is < 1 or > MostErrors)
                problems.Add(new Problem(where, $"\"{threshold}\": a number of errors lies between 1 and {MostErrors}", Example));
        }

        foreach (var twice in thresholds.GroupBy(t => t.Window).Where(g => g.Count() > 1))
            problems.Add(new Problem(where, FormattableString.Invariant($"{twice.Key.TotalSeconds:0.###} s are given twice")));
        return problems.Count > before ? null : new AlertStrategy(thresholds);
    }

    public override string ToString() => $"{{{string.Join(", ", Thresholds)}}}";

    private static KeyValuePair<TimeSpan, int>? Pair(string text)
    {
        if (text.Split(':', StringSplitOptions.TrimEntries) is not [var seconds, var errors]) return null;
        if (!double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double window) || window > 1e9) return null;
        return int.TryParse(errors, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? new(TimeSpan.FromSeconds(window), count) : null;
    }
}
