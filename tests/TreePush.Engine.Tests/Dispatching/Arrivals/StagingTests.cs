using System.Security.Cryptography;
using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;
using TreePush.Engine.Dispatching;
using TreePush.Engine.Dispatching.Arrivals;
using TreePush.Engine.Folders.Linux;
using TreePush.Engine.Tests.Folders;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

public sealed class StagingTests : IDisposable
{
    private readonly Temporary _temporary = new();
    private readonly string _folder;
    private readonly string _copies;
    private readonly Staging _staging;

    public StagingTests()
    {
        _folder = Directory.CreateDirectory(_temporary["watched"]).FullName;
        _copies = _temporary["copies"];
        _staging = Staging.Open(_copies);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10_000)]
    [InlineData((1 << 16) + 1)]
    [InlineData(1 << 20)]
    [InlineData((5 << 20) + 3)]
    public async Task The_copy_has_the_content_and_is_named_for_it(int size)
    {
        byte[] content = RandomNumberGenerator.GetBytes(size);
        Directory.CreateDirectory(Path.Combine(_folder, "d"));
        await File.WriteAllBytesAsync(Path.Combine(_folder, "d", "a.zip"), content);
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(content));
        string id = PackageId.Of("a.zip", sha256);
        (await StageAsync("d/a.zip")).Package.Should().Be(new StagedPackage(id, "a.zip", Path.Combine(_copies, id), size, sha256));
        (await File.ReadAllBytesAsync(Path.Combine(_copies, id))).Should().Equal(content);
        Directory.EnumerateFileSystemEntries(_copies).Should().ContainSingle();
    }

    [Fact]
    public async Task Only_the_user_can_read_it()
    {
        File.WriteAllText(Path.Combine(_folder, "a"), "secret");
        var package = (await StageAsync("a")).Package!;
        File.GetUnixFileMode(package.File).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(_copies).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task The_same_file_again_is_the_same_package()
    {
        File.WriteAllText(Path.Combine(_folder, "a"), "text");
        var first = await StageAsync("a");
        (await StageAsync("a")).Should().Be(first);
        Directory.EnumerateFiles(_copies).Should().ContainSingle();
    }

    [Fact]
    public async Task Many_at_once_do_not_meet()
    {
        for (int i = 0; i < 100; i++) File.WriteAllText(Path.Combine(_folder, $"f{i}"), $"text {i % 10}");
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => StageAsync($"f{i % 100}")));
        outcomes.Should().NotBeEmpty().And.OnlyContain(o => o.Package != null);
        Directory.EnumerateFiles(_copies).Should().HaveCount(100);
    }

    [Theory]
    [InlineData("a\nb")]
    [InlineData("\x1b[2J")]
    [InlineData("a b'\"$(id)")]
    [InlineData("..a")]
    public async Task A_hostile_name_is_kept_as_it_is(string name)
    {
        File.WriteAllText(Path.Combine(_folder, name), "text");
        (await StageAsync(name)).Package!.Name.Should().Be(name);
    }

    [Fact]
    public async Task Another_version_than_the_observed_one_is_not_copied()
    {
        File.WriteAllText(Path.Combine(_folder, "a"), "text");
        var version = VersionOf("a");
        File.WriteAllText(Path.Combine(_folder, "other"), "also");
        File.SetLastWriteTimeUtc(Path.Combine(_folder, "other"), File.GetLastWriteTimeUtc(Path.Combine(_folder, "a")));
        (await StageAsync("a", version)).Package.Should().NotBeNull();
        File.Move(Path.Combine(_folder, "other"), Path.Combine(_folder, "a"), overwrite: true);
        (await StageAsync("a", version)).Fault.Should().Be(StagingFault.Changed, "the inode is another one");
    }

    [Fact]
    public async Task A_file_that_grows_while_it_is_read_is_not_copied()
    {
        using var writer = new FileStream(Path.Combine(_folder, "a"), FileMode.Create, FileAccess.Write, FileShare.ReadWrite);
        writer.SetLength(4 << 20);
        bool mayEnd = false;
        var writing = Task.Run(() =>
        {
            while (!Volatile.Read(ref mayEnd))
            {
                writer.Write(new byte[1]);
                writer.Flush();
            }
        });
        var outcome = await StageAsync("a");
        for (int i = 0; i < 100 && outcome.Fault != StagingFault.Changed; i++) outcome = await StageAsync("a");
        Volatile.Write(ref mayEnd, true);
        await writing;
        outcome.Reason.Should().Be("changed while it was read");
        Directory.EnumerateFiles(_copies, "incoming-*").Should().BeEmpty();
    }

    [Fact]
    public async Task A_file_that_was_swapped_for_a_link_is_refused()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "a"), "/etc/passwd");
        var outcome = await StageAsync("a");
        (outcome.Fault, outcome.Reason).Should().Be((StagingFault.NotAFile, "is a symbolic link"));
    }

    [Fact]
    public async Task A_folder_that_was_swapped_for_a_link_is_refused()
    {
        string outside = Directory.CreateDirectory(_temporary["outside"]).FullName;
        File.WriteAllText(Path.Combine(outside, "a"), "secret");
        File.CreateSymbolicLink(Path.Combine(_folder, "d"), outside);
        (await StageAsync("d/a")).Fault.Should().Be(StagingFault.NotAFile);
        Directory.EnumerateFiles(_copies).Should().BeEmpty();
    }

    [Fact]
    public async Task A_pipe_holds_nobody_up()
    {
        HostileNames.MakePipe(Path.Combine(_folder, "pipe"));
        (await StageAsync("pipe").WaitAsync(Patience.Usual)).Reason.Should().Be("is a named pipe");
        (await _staging.StageFileAsync(Path.Combine(_folder, "pipe"), CancellationToken.None).WaitAsync(Patience.Usual)).Reason.Should().Be("is a named pipe");
    }

    [Fact]
    public async Task A_file_that_is_gone_is_said_to_be()
    {
        (await StageAsync("a")).Fault.Should().Be(StagingFault.Gone);
        (await StageAsync("d/a")).Fault.Should().Be(StagingFault.Gone);
        Directory.CreateDirectory(Path.Combine(_folder, "a"));
        (await StageAsync("a")).Reason.Should().Be("is a folder");
    }

    [Fact]
    public async Task A_named_file_is_found_through_links_and_has_the_name_that_was_given()
    {
        File.WriteAllText(Path.Combine(_folder, "real.zip"), "text");
        File.CreateSymbolicLink(_temporary["given.zip"], Path.Combine(_folder, "real.zip"));
        var package = (await _staging.StageFileAsync(_temporary["given.zip"], CancellationToken.None)).Package!;
        (package.Name, await File.ReadAllTextAsync(package.File)).Should().Be(("given.zip", "text"));
    }

    [Theory]
    [InlineData("watched", StagingFault.NotAFile)]
    [InlineData("missing", StagingFault.Gone)]
    [InlineData("", StagingFault.NotAFile)]
    public async Task A_named_path_that_is_no_file_is_refused(string name, StagingFault fault) =>
        (await _staging.StageFileAsync(_temporary[name], CancellationToken.None)).Fault.Should().Be(fault);

    [Fact]
    public async Task A_folder_for_copies_that_is_gone_is_told()
    {
        File.WriteAllText(Path.Combine(_folder, "a"), "text");
        Directory.Delete(_copies);
        var outcome = await StageAsync("a");
        outcome.Fault.Should().Be(StagingFault.NotStored);
        outcome.Reason.Should().StartWith($"can't be copied to {_copies}: ");
    }

    [Fact]
    public async Task A_copy_that_is_cancelled_leaves_nothing()
    {
        await File.WriteAllBytesAsync(Path.Combine(_folder, "a"), new byte[1 << 20]);
        await FluentActions.Awaiting(() => StageAsync("a", ct: new CancellationToken(canceled: true))).Should().ThrowAsync<OperationCanceledException>();
        Directory.EnumerateFiles(_copies).Should().BeEmpty();
    }

    [Fact]
    public void What_a_crash_left_behind_is_removed_but_not_what_another_process_writes()
    {
        File.WriteAllText(Path.Combine(_copies, "incoming-old"), "half");
        File.WriteAllText(Path.Combine(_copies, "incoming-new"), "half");
        File.SetLastWriteTimeUtc(Path.Combine(_copies, "incoming-old"), DateTime.UtcNow.AddHours(-2));
        using var staging = Staging.Open(_copies);
        Directory.EnumerateFiles(_copies).Select(Path.GetFileName).Should().Equal("incoming-new");
    }

    public void Dispose()
    {
        _staging.Dispose();
        _temporary.Dispose();
    }

    private Task<StagingOutcome> StageAsync(string path, FileVersion? expected = null, CancellationToken ct = default) => _staging.StageAsync(_folder, RelativePath.Of(path), expected, ct);

    private FileVersion VersionOf(string path)
    {
        FolderTree.Open(_folder, out var tree);
        using (tree)
        {
            tree!.StatusOf(RelativePath.Of(path), out var status);
            return new FileVersion(status.Size, status.ModifiedNs, status.Inode);
        }
    }
}
