namespace TreePush.Core.Wire;

/// <summary>An address of a parent. The kind says who named it, and therefore how the child may interpret the text.</summary>
public readonly record struct Endpoint(string Host, int Port, EndpointKind Kind = EndpointKind.Address)
{
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
