namespace TreePush.Engine.Queueing.Redis;

/// <summary>Where a Redis server, or a sentinel, listens.</summary>
public readonly record struct RedisEndpoint(string Host, int Port)
{
    public override string ToString() => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
