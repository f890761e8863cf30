using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching;

/// <summary>A dispatcher with its journal.</summary>
internal sealed class RunningDispatcher : IAsyncDisposable
{
    private readonly DispatchContext _context;
    private readonly DispatchStop _stop = new();
    private readonly Dispatcher _dispatcher;

    public RunningDispatcher(DispatchContext context)
    {
        _context = context;
        _dispatcher = new Dispatcher(context, _stop);
    }

    public DispatchJournal Journal => _context.Journal;

    public Dispatcher Dispatcher => _dispatcher;

    /// <summary>Takes in a package that has the id <c>id</c>.</summary>
    public Task<string?> AdmitAsync(string name = "p.tgz", string id = "id")
    {
        File.WriteAllText(_context.Folder.FileOf(id), "content");
        return _dispatcher.AdmitAsync("/in/" + name, _ => Task.FromResult(StagingOutcome.Of(new StagedPackage(id, name, _context.Folder.FileOf(id), 7, "hash"))), CancellationToken.None);
    }

    public Delivery? At(string host, string id = "id") => Journal.Read(b => b.Find(id))?.Deliveries[new HostName(host)];

    public Task UntilAsync(PackageState state, string host = "a") =>
        Wait.UntilAsync(() => At(host)?.State == state, Patience.Usual, () => $"{host} is {At(host)?.State}");

    public Task EndAsync() => _dispatcher.WaitAsync().WaitAsync(Patience.Usual);

    public void Stop(bool kill) => _stop.Stop(kill);

    public async ValueTask DisposeAsync()
    {
        _stop.Stop(kill: true);
        await _dispatcher.WaitAsync();
        _dispatcher.Dispose();
        await _context.Journal.DisposeAsync();
        _stop.Dispose();
    }
}
