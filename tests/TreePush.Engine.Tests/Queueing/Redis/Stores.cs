using TreePush.Core.Hosts;
using TreePush.Engine.Queueing;
using TreePush.Engine.Queueing.Redis;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing.Redis;

/// <summary>Stores on a test's server.</summary>
internal static class Stores
{
    public static readonly TaskDraft Draft = new("/data/f", 7, new string('a', 64), Slots: 1, MaxAttempts: 3);

    public static RedisTaskStore Open(RedisServer server, Func<RedisOptions, RedisOptions>? change = null) => Open(server.Url, change);

    public static RedisTaskStore Open(string url, Func<RedisOptions, RedisOptions>? change = null) =>
        new(Options(url, change), TimeProvider.System);

    public static RedisTaskStore OpenOfVersion(RedisServer server, Version version) =>
        new(Options(server.Url, null), TimeProvider.System, _ => version);

    public static RedisAddress Address(string url)
    {
        var problems = new List<Problem>();
        var address = RedisAddress.Parse("--redis", url, problems);
        problems.Should().BeEmpty();
        return address!;
    }

    private static RedisOptions Options(string url, Func<RedisOptions, RedisOptions>? change)
    {
        var options = new RedisOptions { Address = Address(url) };
        return change?.Invoke(options) ?? options;
    }
}
