using System.Security.Authentication;
using StackExchange.Redis;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Queueing.Redis;

/// <summary>Says what went wrong with Redis, and what to do about it.</summary>
internal static class RedisFailures
{
    public const string OldestVersion = "6.0";

    public static bool IsRedis(Exception e) => e is RedisException or TimeoutException or AuthenticationException or ObjectDisposedException;

    /// <summary>Whether a replica was asked to write.</summary>
    public static bool IsReadOnly(Exception e) =>
        e is RedisServerException { Kind: RedisErrorKind.ReadOnly } || e.Message.Contains("requires writable", StringComparison.Ordinal) || KindInside(e.Message) == RedisErrorKind.ReadOnly;

    /// <param name="e">What the library has thrown.</param>
    /// <param name="address">The server.</param>
    /// <param name="isConnected">Whether there is a connection nevertheless.</param>
    public static TaskStoreException Of(Exception e, RedisAddress address, bool isConnected) => e switch
    {
        RedisServerException server => OfServer(server.Kind, server.Message, address),
        RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } => OfConnection(e, address, isLogin: true),
        RedisConnectionException => OfConnection(e, address, isLogin: false),
        RedisCommandException when e.Message.Contains("replica", StringComparison.OrdinalIgnoreCase) => OfServer(RedisErrorKind.ReadOnly, e.Message, address),
        TimeoutException when !isConnected => Unreachable(address),
        TimeoutException => Failed(FailureKind.TimedOut, $"Redis at {address} does not answer", "is the server, or the way to it, overloaded or halted?"),
        _ => Failed(FailureKind.HostUnusable, $"Redis at {address}: {DisplayText.Line(FirstLine(e.Message))}", null),
    };

    public static TaskStoreException TooOld(Version version, RedisAddress address) => Failed(
        FailureKind.HostUnusable, $"Redis at {address} is version {version}, and {OldestVersion} or later is needed", "upgrade the server", mayPass: false);

    private static TaskStoreException OfServer(RedisErrorKind kind, string message, RedisAddress address)
    {
        string said = DisplayText.Line(FirstLine(message));
        return (kind is RedisErrorKind.None or RedisErrorKind.Unknown or RedisErrorKind.UnknownError or RedisErrorKind.UnknownCommand ? KindInside(message) : kind) switch
        {
            RedisErrorKind.WrongPass => WrongPassword(address),
            RedisErrorKind.NoAuth => Failed(FailureKind.HostAuthentication, $"Redis at {address} wants a password", "--redis-password-file, or the environment variable TREEPUSH_REDIS", mayPass: false),
            RedisErrorKind.NoPermission or RedisErrorKind.NotPermitted => Failed(
                FailureKind.HostAuthentication, $"Redis at {address} does not permit this user what is needed: {said}", "docs/agents.md lists what an ACL user must be allowed", mayPass: false),
            RedisErrorKind.OutOfMemory => Failed(FailureKind.HostUnusable, $"Redis at {address} has no memory left, and refuses to write", "raise its maxmemory, or remove what it need not keep"),
            RedisErrorKind.ReadOnly => Failed(
                FailureKind.HostUnusable, $"Redis at {address} is a read-only replica", "name the master; or all servers, separated by commas; or the sentinels: redis+sentinel://host:26379/service"),
            RedisErrorKind.Loading => Failed(FailureKind.HostUnusable, $"Redis at {address} is still loading its data", null),
            RedisErrorKind.ClusterDown or RedisErrorKind.MasterDown or RedisErrorKind.Moved or RedisErrorKind.Ask or RedisErrorKind.TryAgain => Failed(
                FailureKind.HostUnusable, $"a part of the Redis cluster at {address} is down: {said}", "redis-cli --cluster check HOST:PORT shows which; a replica for each master takes over by itself"),
            RedisErrorKind.Misconfigured or RedisErrorKind.NoReplicas => Failed(FailureKind.HostUnusable, $"Redis at {address} refuses to write: {said}", "its log says why it can't save or has no replicas"),
            RedisErrorKind.MaxClients => Failed(FailureKind.HostUnusable, $"Redis at {address} has as many clients as it accepts", "raise its maxclients"),
            RedisErrorKind.Busy => Failed(FailureKind.HostUnusable, $"Redis at {address} is busy with a script", null),
            RedisErrorKind.WrongType => Failed(FailureKind.HostUnusable, $"a key of the tasks at {address} was made by another program: {said}", "give this fleet a --prefix, or a database, of its own", mayPass: false),
            _ => Failed(FailureKind.HostUnusable, $"Redis at {address}: {said}", null),
        };
    }

    /// <summary>An error inside a script comes as the script's.</summary>
    private static RedisErrorKind KindInside(string message)
    {
        return Has("OOM ") ? RedisErrorKind.OutOfMemory
            : Has("NOPERM") || Has("No permission") || Has("no permission") || Has("can't access at least one of the keys") ? RedisErrorKind.NoPermission
            : Has("WRONGPASS") || Has("invalid username-password") || Has("invalid password") ? RedisErrorKind.WrongPass
            : Has("NOAUTH") ? RedisErrorKind.NoAuth
            : Has("READONLY") || Has("read only replica") ? RedisErrorKind.ReadOnly
            : Has("CLUSTERDOWN") ? RedisErrorKind.ClusterDown
            : Has("MISCONF") ? RedisErrorKind.Misconfigured
            : Has("WRONGTYPE") ? RedisErrorKind.WrongType
            : Has("LOADING") ? RedisErrorKind.Loading
            : RedisErrorKind.Unknown;

        bool Has(string part) => message.Contains(part, StringComparison.Ordinal);
    }

    private static TaskStoreException OfConnection(Exception e, RedisAddress address, bool isLogin)
    {
        string all = string.Join(' ', Chain(e).Select(x => x.Message));
        if (KindInside(all) is var kind and not RedisErrorKind.Unknown) return OfServer(kind, all, address);
        if (isLogin && Chain(e).OfType<AuthenticationException>().FirstOrDefault() is { } tls) return Untrusted(tls, address);
        if (isLogin) return WrongPassword(address);
        return all.Contains("requires writable", StringComparison.Ordinal) ? OfServer(RedisErrorKind.ReadOnly, all, address)
            : Unreachable(address);
    }

    private static TaskStoreException Unreachable(RedisAddress address) =>
        Failed(FailureKind.HostUnreachable, $"can't connect to Redis at {address}", "is the server running, and the port open from here?");

    private static TaskStoreException WrongPassword(RedisAddress address) => Failed(
        FailureKind.HostAuthentication, $"Redis at {address} refuses the password{(address.User is null ? "" : $" of the user {DisplayText.Line(address.User, 60)}")}", "is it the right one, for this user and server?", mayPass: false);

    private static TaskStoreException Untrusted(AuthenticationException e, RedisAddress address) => Failed(
        FailureKind.HostAuthentication, $"TLS with Redis at {address} failed: {DisplayText.Line(FirstLine(e.Message))}", "--redis-ca names the authority that has signed its certificate", mayPass: false);

    private static TaskStoreException Failed(FailureKind kind, string message, string? hint, bool mayPass = true) => new(new Failure(kind, message, hint), mayPass);

    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (; e is not null; e = e.InnerException) yield return e;
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0].Trim();
}
