using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Dispatching;

namespace TreePush.Engine.Tests.Dispatching;

public sealed class DispatchJournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly HostName A = new("a");

    private readonly Temporary _place = new();

    private DispatchFolder Folder => DispatchFolder.Open(_place["state"]);

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        await using (var journal = await OpenAsync()) (await journal.AppendAsync(Arrived("p"), CancellationToken.None)).Should().BeTrue();
        await using var again = await OpenAsync();
        again.Read(b => b.Find("p")!.Arrival).Should().BeEquivalentTo(Arrived("p"));
    }

    [Fact]
    public async Task Only_its_owner_can_read_it()
    {
        await using var journal = await OpenAsync();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(Folder.Journal).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_line_that_a_crash_cut_short_spoils_no_other()
    {
        await using (var journal = await OpenAsync()) await journal.AppendAsync(Arrived("p"), CancellationToken.None);
        await File.AppendAllTextAsync(Folder.Journal, "{\"event\":\"package_arr");
        await using (var journal = await OpenAsync()) (await journal.AppendAsync(Arrived("q"), CancellationToken.None)).Should().BeTrue();
        await using var again = await OpenAsync();
        again.Read(b => b.Packages.Select(p => p.Id).Order().ToList()).Should().Equal("p", "q");
    }

    [Fact]
    public async Task Of_two_processes_one_begins_an_install()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        await one.AppendAsync(Arrived("p"), CancellationToken.None);
        await one.AppendAsync(new DeliveryStarted(Now, "p", A, 1), CancellationToken.None);
        await one.AppendAsync(new PackageDelivered(Now, "p", A, "/in", "/in/p", "sha256"), CancellationToken.None);
        bool[] begun = await Task.WhenAll(new[] { one, other }.SelectMany(j => Enumerable.Range(0, 20).Select(_ => j.AppendAsync(new InstallStarted(Now, "p", A), CancellationToken.None))));
        begun.Count(b => b).Should().Be(1);
    }

    [Fact]
    public async Task Each_process_reads_what_the_other_writes()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? one : other).AppendAsync(Arrived($"p{i}"), CancellationToken.None)));
        await one.RefreshAsync(CancellationToken.None);
        await other.RefreshAsync(CancellationToken.None);
        one.Read(b => b.Packages.Count).Should().Be(200);
        other.Read(b => b.Packages.Count).Should().Be(200);
    }

    [Fact]
    public void A_folder_that_others_can_enter_is_refused()
    {
        if (OperatingSystem.IsWindows()) return;
        string path = Folder.Path;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead);
        FluentActions.Invoking(() => Folder).Should().Throw<Engine.Runs.RunFolderException>().Which.Hint.Should().Contain("chmod 700");
    }

    [Fact]
    public async Task A_package_is_claimed_once_at_a_time()
    {
        using (Folder.TryClaim("p")) Folder.TryClaim("p").Should().BeNull();
        using var again = Folder.TryClaim("p");
        again.Should().NotBeNull();
        await Task.CompletedTask;
    }

    private Task<DispatchJournal> OpenAsync() => DispatchJournal.OpenAsync(Folder, Now, CancellationToken.None);

    private static PackageArrived Arrived(string id) => new(Now, id, id + ".tgz", "/in/" + id, 1, "hash", "p", "/opt/", [A], Installs: true);
}
