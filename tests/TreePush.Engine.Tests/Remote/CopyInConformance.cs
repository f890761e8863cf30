using System.Security.Cryptography;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>How every <see cref="IRemoteHost"/> takes a file.</summary>
public abstract class CopyInConformance(ConformancePlace place)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    /// <summary>A folder of this test's own, in one that is not there either.</summary>
    private readonly string _folder = $"in '{Marker.New()}' $(id)/below";

    [FleetTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public async Task Content_and_mode_arrive(int bytes)
    {
        byte[] content = RandomNumberGenerator.GetBytes(bytes);
        var copied = await CopyAsync(content, change: f => f with { Mode = Executable });
        copied.Should().Be(new CopiedFile(place.Inside(_folder), place.Inside($"{_folder}/file"), IsHashed: true, WasThere: false));
        (await File.ReadAllBytesAsync(Final())).AsSpan().SequenceEqual(content).Should().BeTrue();
        File.GetUnixFileMode(Final()).Should().Be(Executable);
    }

    [FleetTheory]
    [InlineData("-rf")]
    [InlineData("$(touch owned) `id` ; & | > < * ? [a] ~ # {a,b} %s")]
    [InlineData(" 'single' \"double\" \\ back\\\\slash ")]
    [InlineData("lines\nof\n\ntext\n")]
    [InlineData("return\rtab\tescape\u001b[31m ünï 世界 🌲")]
    [InlineData("~")]
    [InlineData("...")]
    public async Task Any_name_arrives_as_it_is(string name)
    {
        byte[] content = "content"u8.ToArray();
        await CopyAsync(content, change: f => f with { Name = name });
        var found = Directory.GetFileSystemEntries(place.Outside(_folder));
        found.Should().ContainSingle().Which.Should().Be(place.Outside($"{_folder}/{name}"));
        (await File.ReadAllBytesAsync(found[0])).Should().Equal(content);
    }

    [FleetFact]
    public async Task Others_can_read_files_and_enter_folders_but_write_nothing()
    {
        await CopyAsync("x"u8.ToArray());
        const UnixFileMode write = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        File.GetUnixFileMode(Final()).Should().HaveFlag(UnixFileMode.OtherRead).And.Match(mode => (mode & write) == 0);
        File.GetUnixFileMode(place.Outside(_folder)).Should().HaveFlag(UnixFileMode.OtherExecute).And.Match(mode => (mode & write) == 0);
    }

    [FleetTheory]
    [InlineData("~/")]
    [InlineData("")]
    public async Task A_folder_may_be_relative_to_the_home(string prefix)
    {
        string folder = $"tp-{Marker.New()}";
        var copied = await CopyAsync("x"u8.ToArray(), change: f => f with { Folder = $"{prefix}{folder}/in/" });
        copied.Path.Should().EndWith($"/{folder}/in/file");
        await using var host = await place.OpenAsync();
        (await host.RunAsync($"cd && [ -f {folder}/in/file ] && [ \"$PWD/{folder}/in\" = '{copied.Folder}' ] && rm -r {folder}")).Status.Should().Be(0);
    }

    [FleetFact]
    public async Task A_file_of_that_name_is_replaced()
    {
        await CopyAsync("old, and longer than the new one"u8.ToArray());
        await CopyAsync("new"u8.ToArray());
        (await File.ReadAllTextAsync(Final())).Should().Be("new");
        Leftovers().Should().BeEmpty();
    }

    [FleetTheory]
    [InlineData(1000, null)]
    [InlineData(3, "0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task What_is_not_what_was_promised_does_not_replace_the_old_one(long length, string? sha256)
    {
        await CopyAsync("old"u8.ToArray());
        var copy = () => CopyAsync("new"u8.ToArray(), change: f => f with { Length = length, Sha256 = sha256 ?? f.Sha256 });
        await copy.Should().ThrowAsync<RemoteException>();
        (await File.ReadAllTextAsync(Final())).Should().Be("old");
        Leftovers().Should().BeEmpty();
    }

    [FleetFact]
    public async Task What_the_host_has_is_not_sent_again_where_it_is_asked_first()
    {
        (await CopyAsync("same"u8.ToArray(), change: f => f with { AsksFirst = true })).WasThere.Should().BeFalse();
        var second = await CopyAsync("same"u8.ToArray(), change: f => f with { AsksFirst = true });
        second.Should().Be(new CopiedFile(place.Inside(_folder), place.Inside($"{_folder}/file"), IsHashed: true, WasThere: true));
        (await CopyAsync("diff"u8.ToArray(), change: f => f with { AsksFirst = true })).WasThere.Should().BeFalse();
        (await File.ReadAllTextAsync(Final())).Should().Be("diff");
    }

    [FleetFact]
    public async Task Nobody_sees_a_file_before_it_is_complete()
    {
        await using var host = await place.OpenAsync();
        await using var content = new GatedStream("half"u8.ToArray(), "rest"u8.ToArray());
        var copying = host.CopyInAsync(content, FileOf(content.Length), CancellationToken.None);
        await ConformancePlace.UntilAsync(() => Leftovers().Any(f => new FileInfo(f).Length == 4), "the first half has not arrived");
        File.Exists(Final()).Should().BeFalse();
        content.Open();
        await copying;
        (await File.ReadAllTextAsync(Final())).Should().Be("halfrest");
    }

    [FleetFact]
    public async Task A_directory_of_that_name_is_a_failure_that_says_so()
    {
        Directory.CreateDirectory(Final());
        var copy = () => CopyAsync("x"u8.ToArray());
        (await copy.Should().ThrowAsync<RemoteException>()).Which.Failure.Kind.Should().Be(FailureKind.TargetConflict);
        Directory.GetFileSystemEntries(Final()).Should().BeEmpty();
    }

    [FleetFact]
    public async Task A_file_in_the_place_of_the_folder_is_a_failure_that_says_so()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place.Outside(_folder))!);
        await File.WriteAllTextAsync(place.Outside(_folder), "");
        var copy = () => CopyAsync("x"u8.ToArray());
        var failure = (await copy.Should().ThrowAsync<RemoteException>()).Which.Failure;
        failure.Kind.Should().Be(FailureKind.TargetConflict);
        failure.Message.Should().Contain("could not be written").And.Contain("xists");
    }

    [FleetFact]
    public async Task A_copy_that_is_cancelled_leaves_nothing()
    {
        await using var host = await place.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await using var content = new GatedStream("half"u8.ToArray(), "rest"u8.ToArray());
        var copying = host.CopyInAsync(content, FileOf(content.Length), cancelled.Token);
        await ConformancePlace.UntilAsync(() => Leftovers().Count > 0, "it did not begin");
        await cancelled.CancelAsync();
        await copying.Awaiting(c => c).Should().ThrowAsync<OperationCanceledException>();
        await ConformancePlace.UntilAsync(() => Leftovers().Count == 0, "the half file stays");
        File.Exists(Final()).Should().BeFalse();
    }

    [FleetFact]
    public async Task A_further_attempt_removes_what_a_dead_one_left()
    {
        Directory.CreateDirectory(place.Outside(_folder));
        await File.WriteAllTextAsync(place.Outside($"{_folder}/.treepush-key.dead"), "half");
        await File.WriteAllTextAsync(place.Outside($"{_folder}/.treepush-key2.alive"), "of another");
        await CopyAsync("x"u8.ToArray(), change: f => f with { Key = "key" });
        Leftovers().Should().Equal(place.Outside($"{_folder}/.treepush-key2.alive"));
    }

    private FileCopy FileOf(long length) => new(place.Inside(_folder), "file", length);

    private async Task<CopiedFile> CopyAsync(byte[] bytes, Func<FileCopy, FileCopy>? change = null)
    {
        await using var host = await place.OpenAsync();
        using var content = new MemoryStream(bytes);
        var file = FileOf(bytes.Length) with { Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)) };
        return await host.CopyInAsync(content, change?.Invoke(file) ?? file, CancellationToken.None);
    }

    private string Final() => place.Outside($"{_folder}/file");

    /// <summary>Files that stand beside the one that was meant.</summary>
    private List<string> Leftovers() => Directory.Exists(place.Outside(_folder)) ? [.. Directory.GetFiles(place.Outside(_folder)).Where(f => f != Final())] : [];
}
