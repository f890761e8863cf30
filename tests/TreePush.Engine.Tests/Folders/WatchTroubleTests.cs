using TreePush.Core.Manifests;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Tests.Folders;

/// <summary>What inotify can't tell, or no longer tells, a scan finds.</summary>
public sealed class WatchTroubleTests
{
    private static readonly TimeSpan Check = TimeSpan.FromSeconds(2);

    /// <summary>The kernel keeps 16,384 changes; each file here is two of them. Nobody reads, so the watch waits and the queue overflows for real.</summary>
    [Fact]
    public async Task An_overflow_of_the_queue_loses_nothing()
    {
        const int files = 12_000;
        await using var folder = new ObservedFolder { ReadsLater = true };
        await folder.StartAsync();
        for (int i = 0; i < files; i++) File.Create(folder[$"f{i}"]).Dispose();
        folder.Read();
        await folder.UntilAsync(() => folder.Changes.Where(c => c.Path.ToString().StartsWith('f')).Select(c => c.Path).Distinct().Count() == files, "all files are told");
        await folder.ScannedAsync(times: 2);
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_waited_for()
    {
        await using var folder = new ObservedFolder();
        Directory.Delete(folder.Folder);
        await folder.StartAsync();
        await folder.UntilAsync(() => folder.Notices.Count == 1, "a notice");
        folder.Notices.Single().Should().EndWith("can't be watched: No such file or directory; waiting for it");
        folder.Time.Pass(Check);
        Directory.CreateDirectory(folder.Folder);
        await folder.WriteAsync("a");
        folder.Time.Pass(Check);
        await folder.ToldAsync(FolderChangeKind.Found, "a");
        await folder.UntilAsync(() => folder.Notices.Count == 2, "a second notice");
        folder.Notices.Last().Should().EndWith("is there");
        await folder.WriteAsync("b");
        await folder.ToldAsync(FolderChangeKind.Written, "b");
    }

    [Fact]
    public async Task A_folder_that_goes_is_waited_for_and_its_files_are_not_told_to_be_gone()
    {
        await using var folder = new ObservedFolder();
        await folder.WriteAsync("a");
        await folder.StartAsync();
        string away = Path.Combine(folder.Outside, "away");
        Directory.Move(folder.Folder, away);
        await folder.UntilAsync(() => folder.Notices.Count == 1, "a notice");
        Directory.Move(away, folder.Folder);
        folder.Time.Pass(Check);
        await folder.ScannedAsync(times: 2);
        folder.Changes.Any(c => c.Kind is FolderChangeKind.Gone or FolderChangeKind.FolderMovedAway).Should().BeFalse();
    }

    [Fact]
    public async Task Another_folder_in_its_place_is_told_and_watched()
    {
        await using var folder = new ObservedFolder();
        await folder.StartAsync();
        Directory.CreateDirectory(Path.Combine(folder.Outside, "new"));
        File.WriteAllText(Path.Combine(folder.Outside, "new", "a"), "a");
        Directory.Delete(folder.Folder);
        Directory.Move(Path.Combine(folder.Outside, "new"), folder.Folder);
        folder.Time.Pass(Check);
        await folder.ToldAsync(FolderChangeKind.Found, "a");
        await folder.WriteAsync("b");
        await folder.ToldAsync(FolderChangeKind.Written, "b");
        folder.Notices.Should().NotBeEmpty();
    }

    [Fact]
    public async Task A_file_in_its_place_is_told_and_is_no_error()
    {
        await using var folder = new ObservedFolder();
        await folder.StartAsync();
        Directory.Delete(folder.Folder);
        await File.WriteAllTextAsync(folder.Folder, "a file");
        folder.Time.Pass(Check);
        await folder.UntilAsync(() => folder.Notices.Any(n => n.Contains("Not a directory")), "a notice");
    }

    [Fact]
    public async Task Where_not_all_can_be_watched_it_is_told_once_and_scans_find_the_rest()
    {
        await using var folder = new ObservedFolder { Options = new() { MostWatches = 1, Rescan = TimeSpan.FromSeconds(30) } };
        Directory.CreateDirectory(folder["d"]);
        await folder.StartAsync();
        await folder.WriteAsync("d/a");
        folder.Time.Pass(TimeSpan.FromSeconds(30));
        await folder.ToldAsync(FolderChangeKind.Found, "d/a");
        await folder.WriteAsync("d/b");
        folder.Time.Pass(TimeSpan.FromSeconds(30));
        await folder.ToldAsync(FolderChangeKind.Found, "d/b");
        folder.Notices.Should().ContainSingle().Which.Should().Contain("fs.inotify.max_user_watches");
    }

    [Fact]
    public async Task New_folders_beyond_the_limit_are_found_by_scans_too()
    {
        await using var folder = new ObservedFolder { Options = new() { MostWatches = 1, Rescan = TimeSpan.FromSeconds(30) } };
        await folder.StartAsync();
        Directory.CreateDirectory(folder["d"]);
        await folder.UntilAsync(() => folder.Notices.Count == 1, "a notice");
        await folder.WriteAsync("d/late");
        folder.Time.Pass(TimeSpan.FromSeconds(30));
        await folder.UntilAsync(() => folder.Changes.Any(c => c.Path == RelativePath.Of("d/late")), "d/late");
    }

    [Fact]
    public async Task Everything_is_scanned_now_and_then_though_nothing_seems_to_happen()
    {
        await using var folder = new ObservedFolder { Options = new() { Reconcile = TimeSpan.FromMinutes(10) } };
        await folder.StartAsync();
        folder.Time.Pass(TimeSpan.FromMinutes(9));
        folder.Rescan();
        await folder.ScannedAsync(times: 2);
        folder.Time.Pass(TimeSpan.FromMinutes(10));
        await folder.ScannedAsync(times: 3);
    }

    /// <summary>A path may be longer than the kernel takes, if a folder was moved there.</summary>
    [Fact]
    public async Task A_path_that_is_too_long_is_told_and_makes_the_scan_a_part()
    {
        await using var folder = new ObservedFolder();
        string name = new('n', 250);
        string deep = Directory.CreateDirectory(folder[string.Join('/', Enumerable.Repeat(name, 14))]).FullName;
        string tail = Path.Combine(folder.Outside, name);
        Directory.CreateDirectory(Path.Combine(tail, name, name));
        Directory.Move(tail, Path.Combine(deep, name));
        await folder.StartAsync();
        folder.Changes.Last().Kind.Should().Be(FolderChangeKind.ScannedPartly);
        folder.Notices.Should().ContainSingle().Which.Should().EndWith("can't be read: File name too long");
        Directory.Move(Path.Combine(deep, name), tail);
    }
}
