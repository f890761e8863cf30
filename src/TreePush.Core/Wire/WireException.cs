namespace TreePush.Core.Wire;

/// <summary>What came over a channel is no valid message; the channel is of no use any more.</summary>
public sealed class WireException(string message) : Exception(message);
