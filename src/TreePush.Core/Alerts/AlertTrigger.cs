namespace TreePush.Core.Alerts;

/// <summary>
/// Collects errors and raises an alert when the strategy says so. The collected errors are then cleared, and no alert is raised for a rest period, in which
/// errors are collected all the same. They are forgotten when none has come for as long as the longest window.
/// </summary>
/// <param name="origin">What raises the alerts, and where: the beginning of their subject.</param>
/// <param name="rest">The rest period after an alert; null for the window of the threshold that raised it.</param>
public sealed class AlertTrigger(AlertStrategy strategy, string origin, TimeSpan? rest = null)
{
    /// <summary>How many errors an alert tells.</summary>
    public const int MostTold = 50;

    private const int LongestText = 1000;

    private readonly Queue<AlertError> _last = new();

    /// <summary>For each threshold, the times of as many errors as it takes.</summary>
    private readonly List<(AlertThreshold Threshold, Queue<DateTimeOffset> Times)> _counts = [.. strategy.Thresholds.Select(t => (t, new Queue<DateTimeOffset>()))];

    private int _count;
    private DateTimeOffset _newest = DateTimeOffset.MinValue;
    private DateTimeOffset _restUntil = DateTimeOffset.MinValue;

    /// <param name="text">Any text; it is made fit for display.</param>
    /// <returns>The alert that this error raises, or null.</returns>
    public Alert? Add(string text, DateTimeOffset now)
    {
        if (now - _newest > strategy.Thresholds[^1].Window) Clear();
        Collect(new AlertError(now, DisplayText.Line(text.TrimEnd(), LongestText)));
        if (now < _restUntil || Reached(now) is not { } threshold) return null;
        var alert = new Alert(Subject(threshold), now, _count, [.. _last]);
        _restUntil = now + (rest ?? threshold.Window);
        Clear();
        return alert;
    }

    private void Collect(AlertError error)
    {
        _newest = error.Time;
        if (_count < int.MaxValue) _count++;
        _last.Enqueue(error);
        if (_last.Count > MostTold) _last.Dequeue();
        foreach (var (threshold, times) in _counts)
        {
            times.Enqueue(error.Time);
            if (times.Count > threshold.Errors) times.Dequeue();
        }
    }

    private AlertThreshold? Reached(DateTimeOffset now)
    {
        foreach (var (threshold, times) in _counts)
            if (times.Count == threshold.Errors && now - times.Peek() <= threshold.Window) return threshold;
        return null;
    }

    private void Clear()
    {
        _count = 0;
        _last.Clear();
        foreach (var (_, times) in _counts) times.Clear();
    }

    private string Subject(AlertThreshold threshold) => FormattableString.Invariant(
        $"{DisplayText.Line(origin)}: {threshold.Errors} {(threshold.Errors == 1 ? "error" : "errors")} within {threshold.Window.TotalSeconds:0.###} s");
}
