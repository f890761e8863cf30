namespace TreePush.Engine.Remote;

/// <summary>A line that a command printed, without its end.</summary>
public readonly record struct OutputLine(string Text, bool IsError);
