namespace TreePush.Core.Wire;

/// <summary>The data received over a channel is not a valid message. The channel can't be used any more.</summary>
public sealed class WireException(string message) : Exception(message);
