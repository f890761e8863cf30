namespace TreePush.Core.Wire;

/// <summary>Where a parent may be found. The kind says who named it, and so what a child may read into the text.</summary>
public readonly record struct Endpoint(string Host, int Port, EndpointKind Kind = EndpointKind.Address)
{
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
