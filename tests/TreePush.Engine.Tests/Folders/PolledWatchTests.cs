using TreePush.Engine.Folders;

namespace TreePush.Engine.Tests.Folders;

/// <summary>The watch for systems without inotify, which works here too.</summary>
public sealed class PolledWatchTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_scan_of_everything_comes_first()
    {
        await using var folder = new ObservedFolder { IsPolled = true };
        Directory.CreateDirectory(folder["d/e"]);
        await folder.WriteAsync("d/e/a", "12345");
        File.CreateSymbolicLink(folder["link"], "d");
        await folder.StartAsync();
        folder.Changes.Select(c => (c.Kind, c.Path.ToString(), c.Status.Type)).Should().BeEquivalentTo([
            (FolderChangeKind.ScanStarted, ".", EntryType.Folder), (FolderChangeKind.Found, "link", EntryType.SymbolicLink), (FolderChangeKind.Found, "d", EntryType.Folder),
            (FolderChangeKind.Found, "d/e", EntryType.Folder), (FolderChangeKind.Found, "d/e/a", EntryType.File), (FolderChangeKind.ScannedWhole, ".", EntryType.Folder)]);
        folder.Changes.Single(c => c.Path.ToString() == "d/e/a").Status.Size.Should().Be(5);
    }

    [Fact]
    public async Task A_later_scan_finds_what_is_new()
    {
        await using var folder = new ObservedFolder { IsPolled = true };
        await folder.StartAsync();
        await folder.WriteAsync("a");
        await PassUntilAsync(folder, () => folder.Has(FolderChangeKind.Found, "a"));
    }

    [Fact]
    public async Task A_folder_that_goes_and_comes_is_waited_for()
    {
        await using var folder = new ObservedFolder { IsPolled = true };
        await folder.StartAsync();
        Directory.Delete(folder.Folder);
        await PassUntilAsync(folder, () => folder.Notices.Count == 1);
        Directory.CreateDirectory(folder.Folder);
        await folder.WriteAsync("a");
        await PassUntilAsync(folder, () => folder.Has(FolderChangeKind.Found, "a"));
        folder.Notices.Last().Should().EndWith("is there");
    }

    private static Task PassUntilAsync(ObservedFolder folder, Func<bool> condition) => folder.UntilAsync(
        () =>
        {
            folder.Time.Pass(Period);
            return condition();
        },
        "time has passed");
}
