namespace TreePush.Engine.Alerts;

/// <summary>An alert could not be sent. The message is fit for display and holds no secret.</summary>
public sealed class AlertException(string message) : Exception(message);
