namespace TreePush.Core.Alerts;

/// <summary>An error that an alert tells of.</summary>
/// <param name="Text">One line, fit for display.</param>
public sealed record AlertError(DateTimeOffset Time, string Text)
{
    public override string ToString() => $"{Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z  {Text}";
}
