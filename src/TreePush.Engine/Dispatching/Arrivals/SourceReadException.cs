namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>The file that is to be copied can't be read.</summary>
internal sealed class SourceReadException(string message) : Exception(message);
