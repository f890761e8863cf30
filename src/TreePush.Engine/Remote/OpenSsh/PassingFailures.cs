using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>Connects again where a server in the way only had too much to do: sshd drops connections that come in a burst.</summary>
internal static class PassingFailures
{
    private const int Attempts = 5;

    /// <exception cref="RemoteException">What failed is not passing, or did not pass.</exception>
    public static async Task<T> RetryAsync<T>(Host host, TimeProvider time, Func<Task<T>> connect, CancellationToken ct)
    {
        for (int attempt = 1; ; attempt++)
            try
            {
                return await connect();
            }
            catch (RemoteException e) when (e.Failure.IsPassing && attempt < Attempts)
            {
                // The pause differs from host to host, so that those that were dropped together do not come back together.
                double spread = 0.5 + ((uint)host.Name.GetHashCode() % 1000 / 1000.0);
                await Task.Delay(TimeSpan.FromSeconds(0.3 * spread * (1 << attempt)), time, ct);
            }
    }
}
