using System.Collections.Concurrent;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching;

/// <summary>A dispatcher's folder, and dispatchers that use it, one after the other or at once.</summary>
internal sealed class DispatchPlace : IDisposable
{
    private readonly Temporary _folder = new();

    public ManualTime Time { get; } = new();

    public ConcurrentQueue<DispatchEvent> Events { get; } = [];

    public FakeCarrier Carrier { get; set; } = new();

    public string? InstallCommand { get; set; } = "true";

    public int Parallel { get; set; } = 8;

    public IReadOnlyList<string> Hosts { get; set; } = ["a"];

    public DispatchFolder Folder => DispatchFolder.Open(_folder["state"]);

    public async Task<RunningDispatcher> StartAsync()
    {
        var rule = new DispatchRule(FileNamePattern.Parse("p").Pattern!) { Hosts = [.. Hosts.Select(h => new HostAccess(new Host(h), null, Transport.Ssh))], InstallCommand = InstallCommand };
        var journal = await DispatchJournal.OpenAsync(Folder, Time.GetUtcNow(), CancellationToken.None);
        var context = new DispatchContext(Folder, journal, new RuleBook([rule]), Carrier, Time) { Observe = Events.Enqueue, Parallel = Parallel, Retry = new RetryPolicy(3, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)) };
        return new RunningDispatcher(context);
    }

    public void Dispose() => _folder.Dispose();
}
