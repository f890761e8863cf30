using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>Tries again what failed only because a server in the way had too much to do: sshd drops connections that come in a burst.</summary>
internal static class PassingFailures
{
    private const int Attempts = 5;

    /// <summary>Calls may be nested: what was tried often enough within one is not tried again around it.</summary>
    /// <exception cref="RemoteException">What failed is not passing, or did not pass.</exception>
    public static async Task<T> RetryAsync<T>(Host host, TimeProvider time, Func<Task<T>> attempt, CancellationToken ct)
    {
        for (int number = 1; ; number++)
            try
            {
                return await attempt();
            }
            catch (RemoteException e) when (e.Failure.IsPassing && !e.WasRetried)
            {
                if (number == Attempts) throw new RemoteException(e.Failure) { Complaints = e.Complaints, WasRetried = true };
                // The pause differs from host to host, so that those that were dropped together do not come back together.
                double spread = 0.5 + ((uint)host.Name.GetHashCode() % 1000 / 1000.0);
                await Task.Delay(TimeSpan.FromSeconds(0.3 * spread * (1 << number)), time, ct);
            }
    }
}
