using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote;

/// <summary>Retries after transient failures: sshd drops connections that come in a burst.</summary>
internal static class PassingFailures
{
    private const int Attempts = 5;

    /// <summary>Calls may be nested: an outer call does not repeat what an inner call has tried as often as it may.</summary>
    /// <exception cref="RemoteException">The failure is not transient, or every attempt failed.</exception>
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
                // The pause differs from host to host, so that hosts that were dropped together do not retry together.
                double spread = 0.5 + ((uint)host.Name.GetHashCode() % 1000 / 1000.0);
                await Task.Delay(TimeSpan.FromSeconds(0.3 * spread * (1 << number)), time, ct);
            }
    }
}
