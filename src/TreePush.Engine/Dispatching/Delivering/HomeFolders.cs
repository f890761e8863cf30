using System.Collections.Concurrent;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>The homes of logins. Each host is asked once, and again only if it did not answer.</summary>
internal sealed class HomeFolders(DriverBook drivers)
{
    private readonly ConcurrentDictionary<(HostName Name, string? User), string> _known = [];

    /// <exception cref="RemoteException">The host can't be asked, or does not know.</exception>
    public async Task<string> OfAsync(HostAccess access, CancellationToken ct)
    {
        var key = (access.Host.Name, access.Host.User);
        if (_known.TryGetValue(key, out string? home)) return home;
        await using var host = await drivers.For(access.Password).OpenAsync(access.Host, ct);
        var lines = new List<string>();
        var exit = await host.RunAsync(new RemoteCommand("printf '%s\\n' \"$HOME\"", new Dictionary<string, string>()), line => lines.Add(line.Text), ct);
        ct.ThrowIfCancellationRequested();
        if (exit.Loss is { } loss) throw new RemoteException(loss);
        home = lines.Find(l => l.StartsWith('/')) ?? throw new RemoteException(new Failure(FailureKind.HostUnusable, $"{access.Host} does not say where the login's home is", "is HOME set there?"));
        return _known[key] = home;
    }
}
