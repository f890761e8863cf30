using TreePush.Core.Alerts;

namespace TreePush.Engine.Alerts;

/// <summary>Where alerts go.</summary>
public interface IAlertSink
{
    /// <summary>What it is called in messages, without any secret.</summary>
    string Name { get; }

    /// <exception cref="AlertException">The alert was not taken; the message says why, without any secret.</exception>
    Task SendAsync(Alert alert, CancellationToken ct);
}
