using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;

namespace TreePush.Engine.Tests.Dispatching;

public sealed class JournalCompactionTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset LongAgo = Now - JournalCompaction.Keep - TimeSpan.FromDays(1);
    private static readonly HostName A = new("a");

    private readonly Temporary _place = new();

    private DispatchFolder Folder => DispatchFolder.Open(_place["state"]);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_was_done_long_ago_is_dropped_and_all_else_is_kept()
    {
        await using (var journal = await OpenAsync())
        {
            await InstallAsync(journal, "old", LongAgo);
            await InstallAsync(journal, "new", Now);
            await journal.AppendAsync(Arrived("waits", LongAgo), CancellationToken.None);
            await journal.AppendAsync(new PackageSeen(LongAgo, "/in/unread"), CancellationToken.None);
            await journal.AppendAsync(new PackageRefused(LongAgo, "/in/refused", "no rule", null), CancellationToken.None);
        }

        JournalCompaction.Run(Folder.Journal, Now, largeFrom: 0);
        await using var again = await OpenAsync();
        again.Read(b => b.Packages.Select(p => p.Id).Order().ToList()).Should().Equal("new", "waits");
        again.Read(b => b.Find("new")!.IsDone).Should().BeTrue();
        again.Read(b => b.Unread).Should().ContainSingle();
        again.Read(b => b.Refused).Should().BeEmpty();
    }

    [Fact]
    public async Task A_small_journal_is_left_as_it_is()
    {
        await using (var journal = await OpenAsync()) await InstallAsync(journal, "old", LongAgo);
        string before = await File.ReadAllTextAsync(Folder.Journal);
        JournalCompaction.Run(Folder.Journal, Now);
        (await File.ReadAllTextAsync(Folder.Journal)).Should().Be(before);
    }

    [Fact]
    public async Task A_journal_that_others_use_is_never_replaced()
    {
        bool wasAlone = false;
        await using (await OpenAsync())
        {
            using var other = await JournalUsers.JoinAsync(Folder.Journal, () => wasAlone = true, CancellationToken.None);
            wasAlone.Should().BeFalse();
        }

        using (await JournalUsers.JoinAsync(Folder.Journal, () => wasAlone = true, CancellationToken.None)) wasAlone.Should().BeTrue();
    }

    private Task<DispatchJournal> OpenAsync() => DispatchJournal.OpenAsync(Folder, Now, CancellationToken.None);

    private static PackageArrived Arrived(string id, DateTimeOffset time) => new(time, id, id, "/in/" + id, 1, "hash", "p", "/opt/", [A], Installs: true);

    private static async Task InstallAsync(DispatchJournal journal, string id, DateTimeOffset time)
    {
        await journal.AppendAsync(Arrived(id, time), CancellationToken.None);
        await journal.AppendAsync(new DeliveryStarted(time, id, A, 1), CancellationToken.None);
        await journal.AppendAsync(new PackageDelivered(time, id, A, "/opt", "/opt/" + id, "sha256"), CancellationToken.None);
        await journal.AppendAsync(new InstallStarted(time, id, A), CancellationToken.None);
        await journal.AppendAsync(new PackageInstalled(time, id, A), CancellationToken.None);
    }
}
