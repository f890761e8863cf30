using System.Net.Sockets;
using TreePush.Core.Manifests;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Tests.Folders;

public sealed class InotifyWatchTests
{
    [Fact]
    public async Task A_scan_of_everything_comes_first()
    {
        await using var folder = new ObservedFolder();
        Directory.CreateDirectory(folder["d/e"]);
        await folder.WriteAsync("a", "12345");
        await folder.WriteAsync("d/e/b");
        await folder.StartAsync();
        folder.Changes.Select(c => (c.Kind, c.Path.ToString())).Should().BeEquivalentTo([
            (FolderChangeKind.ScanStarted, "."), (FolderChangeKind.Found, "a"), (FolderChangeKind.Found, "d"), (FolderChangeKind.Found, "d/e"),
            (FolderChangeKind.Found, "d/e/b"), (FolderChangeKind.ScannedWhole, ".")]);
        var status = folder.Changes.Single(c => c.Path.ToString() == "a").Status;
        (status.Type, status.Size).Should().Be((EntryType.File, 5L));
        status.ModifiedNs.Should().BeInRange((DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 60) * 1_000_000_000, (DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 60) * 1_000_000_000);
    }

    [Fact]
    public async Task Writing_is_told_when_the_file_is_closed()
    {
        await using var folder = new ObservedFolder();
        await folder.StartAsync();
        using (var file = File.Create(folder["a"]))
        {
            await folder.ToldAsync(FolderChangeKind.Created, "a");
            file.Write("123"u8);
            folder.Has(FolderChangeKind.Written, "a").Should().BeFalse();
        }

        await folder.ToldAsync(FolderChangeKind.Written, "a");
        folder.Changes.Last().Status.Size.Should().Be(3);
    }

    [Fact]
    public async Task A_rename_is_told_as_such_and_a_removal_too()
    {
        await using var folder = new ObservedFolder();
        File.WriteAllText(Path.Combine(folder.Outside, "a"), "whole");
        await folder.StartAsync();
        File.Move(Path.Combine(folder.Outside, "a"), folder["a"]);
        await folder.ToldAsync(FolderChangeKind.MovedIn, "a");
        File.Move(folder["a"], folder["b"]);
        await folder.ToldAsync(FolderChangeKind.Gone, "a");
        await folder.ToldAsync(FolderChangeKind.MovedIn, "b");
        File.Delete(folder["b"]);
        await folder.ToldAsync(FolderChangeKind.Gone, "b");
        folder.Changes.Any(c => c.Kind is FolderChangeKind.Created or FolderChangeKind.Written).Should().BeFalse();
    }

    [Fact]
    public async Task Names_are_bytes()
    {
        await using var folder = new ObservedFolder();
        RelativePath[] names = [RelativePath.Of("new\nline"), RelativePath.Of("\x1b[2J"), RelativePath.Of([0xff, 0xfe]), RelativePath.Of(new string('n', 255)), RelativePath.Of("a b'\"$(id)")];
        await folder.StartAsync();
        foreach (var name in names) HostileNames.MakeFile(folder.Folder, name);
        foreach (var name in names) await folder.UntilAsync(() => folder.Changes.Contains(FolderChangeKind.Written, name), name.ToString());
        foreach (var name in names) HostileNames.Remove(folder.Folder, name);
    }

    [Fact]
    public async Task Whatever_is_no_file_is_told_by_its_kind_and_not_opened()
    {
        await using var folder = new ObservedFolder();
        await folder.StartAsync();
        HostileNames.MakePipe(folder["pipe"]);
        File.CreateSymbolicLink(folder["link"], "/etc/passwd");
        Directory.CreateSymbolicLink(folder["loop"], ".");
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(folder["socket"]));
        await folder.ToldAsync(FolderChangeKind.Created, "socket");
        folder.Changes.Where(c => c.Kind == FolderChangeKind.Created).Select(c => (c.Path.ToString(), c.Status.Type)).Should().Equal(
            ("pipe", EntryType.Pipe), ("link", EntryType.SymbolicLink), ("loop", EntryType.SymbolicLink), ("socket", EntryType.Socket));
    }

    [Fact]
    public async Task A_folder_that_is_made_and_filled_at_once_is_told_with_all_in_it()
    {
        await using var folder = new ObservedFolder();
        await folder.StartAsync();
        for (int i = 0; i < 200; i++)
        {
            Directory.CreateDirectory(folder[$"d{i}/e/f"]);
            await folder.WriteAsync($"d{i}/a");
            await folder.WriteAsync($"d{i}/e/f/b");
        }

        for (int i = 0; i < 200; i++)
        {
            await AnyAsync(folder, $"d{i}/a");
            await AnyAsync(folder, $"d{i}/e/f/b");
        }
    }

    [Fact]
    public async Task A_folder_that_is_moved_in_is_told_with_all_in_it_and_watched()
    {
        await using var folder = new ObservedFolder();
        string outside = Directory.CreateDirectory(Path.Combine(folder.Outside, "d", "e")).Parent!.FullName;
        File.WriteAllText(Path.Combine(outside, "e", "a"), "a");
        await folder.StartAsync();
        Directory.Move(outside, folder["d"]);
        await folder.ToldAsync(FolderChangeKind.Created, "d/e/a");
        await folder.WriteAsync("d/e/b");
        await folder.ToldAsync(FolderChangeKind.Written, "d/e/b");
    }

    [Fact]
    public async Task A_folder_that_is_moved_away_is_watched_no_more()
    {
        await using var folder = new ObservedFolder();
        Directory.CreateDirectory(folder["d/e"]);
        await folder.StartAsync();
        string away = Path.Combine(folder.Outside, "d");
        Directory.Move(folder["d"], away);
        await folder.ToldAsync(FolderChangeKind.FolderMovedAway, "d");
        File.WriteAllText(Path.Combine(away, "e", "a"), "a");
        await folder.WriteAsync("last");
        await folder.ToldAsync(FolderChangeKind.Written, "last");
        folder.Changes.Any(c => c.Path.IsBelow(RelativePath.Of("d")) && c.Kind != FolderChangeKind.Found).Should().BeFalse();
    }

    [Fact]
    public async Task A_folder_that_is_renamed_is_watched_under_its_new_name()
    {
        await using var folder = new ObservedFolder();
        Directory.CreateDirectory(folder["d/e"]);
        await folder.StartAsync();
        Directory.Move(folder["d"], folder["n"]);
        await folder.ToldAsync(FolderChangeKind.Created, "n/e");
        await folder.WriteAsync("n/e/a");
        await folder.ToldAsync(FolderChangeKind.Written, "n/e/a");
    }

    [Fact]
    public async Task What_is_ignored_is_neither_told_nor_entered()
    {
        var ignored = PathFilter.Parse([(false, ".*"), (false, "*.part")]).Filter!;
        await using var folder = new ObservedFolder { Options = new() { Ignored = ignored } };
        Directory.CreateDirectory(folder[".d"]);
        await folder.WriteAsync(".d/a");
        await folder.StartAsync();
        await folder.WriteAsync(".d/b");
        await folder.WriteAsync("c.part");
        File.Move(folder["c.part"], folder["c"]);
        await folder.ToldAsync(FolderChangeKind.MovedIn, "c");
        folder.Changes.Select(c => c.Path.ToString()).Distinct().Should().BeEquivalentTo(".", "c");
    }

    private static Task AnyAsync(ObservedFolder folder, string path) =>
        folder.UntilAsync(() => folder.Changes.Any(c => c.Path == RelativePath.Of(path) && c.Kind != FolderChangeKind.Gone), path);
}
