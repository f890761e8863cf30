namespace TreePush.Engine.Dispatching;

/// <summary>How much a dispatcher does at once, over all packages.</summary>
internal sealed class WorkSlots(int parallel) : IDisposable
{
    public SemaphoreSlim Deliveries { get; } = new(parallel);

    public SemaphoreSlim Installs { get; } = new(parallel);

    public void Dispose()
    {
        Deliveries.Dispose();
        Installs.Dispose();
    }
}
