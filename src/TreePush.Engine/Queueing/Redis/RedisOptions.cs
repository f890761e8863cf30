namespace TreePush.Engine.Queueing.Redis;

/// <summary>How a <see cref="RedisTaskStore"/> is opened.</summary>
public sealed record RedisOptions
{
    public static readonly TimeSpan DefaultLease = TimeSpan.FromSeconds(30);

    public required RedisAddress Address { get; init; }

    /// <summary>Wins over the address's own.</summary>
    public string? Password { get; init; }

    /// <summary>A file of certificates in PEM: the authorities that are accepted with TLS, in place of those that the system trusts.</summary>
    public string? CaFile { get; init; }

    /// <summary>The first part of all keys and channels, without braces.</summary>
    public string Prefix { get; init; } = "treepush";

    /// <summary>How long a claim stands without being renewed.</summary>
    public TimeSpan Lease { get; init; } = DefaultLease;

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The limit for one call.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Told, once each, what does not stop the work but should be known.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Does not show the password.</summary>
    public override string ToString() => Address.ToString();
}
