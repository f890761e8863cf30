using TreePush.Core.Queueing;

namespace TreePush.Engine.Queueing;

/// <summary>Renews the lease of a claim. While the store is away the claim is taken to stand: the store decides when it is back.</summary>
internal sealed class LeaseRenewal(StoreLink link, TimeSpan lease, TimeProvider time)
{
    /// <summary>Renews every third of the lease, until it is cancelled.</summary>
    /// <param name="lost">Called once when the claim is no longer the host's, or can't be renewed any more.</param>
    /// <param name="end">Ends the renewing.</param>
    /// <returns>Whether the claim is no longer the host's.</returns>
    /// <exception cref="TaskStoreException">The store can't be used, and that will not pass.</exception>
    public async Task<bool> RunAsync(string task, string host, Claim claim, Func<Task> lost, CancellationToken end)
    {
        try
        {
            while (true)
            {
                await Task.Delay(lease / 3, time, end);
                if (await link.TryAsync((s, ct) => s.RenewAsync(task, host, claim.Token, ct), end) is not (true, false)) continue;
                await lost();
                return true;
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return false;
        }
        catch (TaskStoreException)
        {
            await lost();
            throw;
        }
    }
}
