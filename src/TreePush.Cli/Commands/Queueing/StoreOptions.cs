using System.CommandLine;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>The options that say where the tasks are.</summary>
internal sealed class StoreOptions
{
    /// <summary>The environment variable that stands for <see cref="Redis"/>.</summary>
    public const string Variable = "TREEPUSH_REDIS";

    public Option<string?> Redis { get; } = NewOption.One("--redis", null, "URL", "The Redis server that holds the tasks: redis://[user@]host[:port][/database], rediss:// for TLS; nodes of a cluster are separated by commas; redis+sentinel://host/service [default: $TREEPUSH_REDIS]");

    public Option<string?> PasswordFile { get; } = NewOption.One("--redis-password-file", null, "FILE", "Read the password for Redis from FILE: one line, readable only by you");

    public Option<string?> CaFile { get; } = NewOption.One("--redis-ca", null, "FILE", "Accept only certificates of Redis that this authority (PEM) has signed");

    public Option<string?> Prefix { get; } = NewOption.One("--prefix", null, "NAME", "The first part of all keys, so that several fleets can share a server [default: treepush]");

    public OptionGroup Group => new("Redis", [Redis, PasswordFile, CaFile, Prefix]);
}
