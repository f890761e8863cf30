using TreePush.Core.Alerts;

namespace TreePush.Engine.Alerts;

/// <summary>What a webhook is sent.</summary>
/// <param name="Errors">The last errors, oldest first.</param>
/// <param name="Host">The name of this machine.</param>
internal sealed record WebhookBody(string Subject, int Count, IReadOnlyList<AlertError> Errors, DateTimeOffset Time, string Host);
