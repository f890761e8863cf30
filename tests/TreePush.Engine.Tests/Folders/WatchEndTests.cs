using TreePush.Engine.Folders;
using TreePush.Engine.Folders.Linux;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Folders;

public sealed class WatchEndTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_watch_can_be_disposed_of_in_the_middle_of_a_scan_that_nobody_reads(bool isPolled)
    {
        await using var folder = new ObservedFolder { ReadsLater = true, IsPolled = isPolled };
        for (int i = 0; i < FolderWatch.Room * 2; i++) File.Create(folder[$"f{i}"]).Dispose();
        await folder.StartAsync();
        await folder.StopAsync().WaitAsync(Patience.Usual);
        folder.Changes.Count.Should().BeLessThanOrEqualTo(FolderWatch.Room + 1);
    }

    /// <summary>A user may have 128 queues: whoever left one open would soon get no more.</summary>
    [Fact]
    public async Task A_watch_leaves_nothing_open()
    {
        using var temporary = new Temporary();
        var notices = new List<FolderNotice>();
        for (int i = 0; i < 300; i++)
        {
            await using var watch = FolderWatch.Start(temporary.Directory, new FolderWatchOptions { Notify = notices.Add }, TimeProvider.System);
            (await watch.Changes.ReadAsync()).Kind.Should().Be(FolderChangeKind.ScanStarted);
        }

        notices.Should().BeEmpty();
    }

    [Fact]
    public async Task A_watch_can_be_disposed_of_while_its_folder_is_away()
    {
        await using var folder = new ObservedFolder();
        Directory.Delete(folder.Folder);
        await folder.StartAsync();
        await folder.StopAsync().WaitAsync(Patience.Usual);
    }

    [Fact]
    public async Task Two_watches_of_one_folder_do_not_meet()
    {
        await using var folder = new ObservedFolder();
        await folder.StartAsync();
        await using (var other = FolderWatch.Start(folder.Folder, new FolderWatchOptions(), folder.Time))
            (await other.Changes.ReadAsync()).Kind.Should().Be(FolderChangeKind.ScanStarted);
        await folder.WriteAsync("a");
        await folder.ToldAsync(FolderChangeKind.Written, "a");
    }

    [Fact]
    public async Task A_bell_that_rings_before_anybody_waits_is_heard()
    {
        using var bell = new WakeUp();
        bell.Ring();
        bell.Ring();
        await Task.Run(() => bell.Wait(-1)).WaitAsync(Patience.Usual);
        var waiting = Task.Run(() => bell.Wait(-1));
        waiting.IsCompleted.Should().BeFalse();
        bell.Ring();
        await waiting.WaitAsync(Patience.Usual);
    }

    [Fact]
    public void A_bell_that_is_disposed_of_may_ring_in_vain()
    {
        var bell = new WakeUp();
        bell.Dispose();
        FluentActions.Invoking(bell.Ring).Should().NotThrow();
    }
}
