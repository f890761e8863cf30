using System.Security.Cryptography;
using TreePush.Engine.Remote;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>How every <see cref="IRemoteHost"/> takes a file.</summary>
public abstract class CopyInConformance(ConformancePlace place)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute;

    private readonly string _name = $"file '{Marker.New()}' $(id)";

    [FleetTheory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5_000_000)]
    public async Task Content_and_mode_arrive(int bytes)
    {
        byte[] content = RandomNumberGenerator.GetBytes(bytes);
        await CopyAsync(content);
        File.ReadAllBytes(place.Outside(_name)).AsSpan().SequenceEqual(content).Should().BeTrue();
        File.GetUnixFileMode(place.Outside(_name)).Should().Be(Executable);
    }

    [FleetFact]
    public async Task A_file_of_that_name_is_replaced()
    {
        await CopyAsync("old, and longer than the new one"u8.ToArray());
        await CopyAsync("new"u8.ToArray());
        File.ReadAllText(place.Outside(_name)).Should().Be("new");
        Leftovers().Should().BeEmpty();
    }

    [FleetFact]
    public async Task A_file_that_is_cut_short_does_not_replace_the_old_one()
    {
        await CopyAsync("old"u8.ToArray());
        var copy = () => CopyAsync("new"u8.ToArray(), length: 1000);
        await copy.Should().ThrowAsync<RemoteException>();
        File.ReadAllText(place.Outside(_name)).Should().Be("old");
        Leftovers().Should().BeEmpty();
    }

    [FleetFact]
    public async Task Nobody_sees_a_file_before_it_is_complete()
    {
        await using var host = await place.OpenAsync();
        await using var content = new GatedStream("half"u8.ToArray(), "rest"u8.ToArray());
        var copying = host.CopyInAsync(content, content.Length, place.Inside(_name), Executable, CancellationToken.None);
        await ConformancePlace.UntilAsync(() => Leftovers().Any(f => new FileInfo(f).Length == 4), "the first half has not arrived");
        File.Exists(place.Outside(_name)).Should().BeFalse();
        content.Open();
        await copying;
        File.ReadAllText(place.Outside(_name)).Should().Be("halfrest");
    }

    [FleetFact]
    public async Task A_folder_that_is_not_there_is_a_failure_that_says_so()
    {
        await using var host = await place.OpenAsync();
        using var content = new MemoryStream("x"u8.ToArray());
        var copy = () => host.CopyInAsync(content, 1, place.Inside("gone/file"), Executable, CancellationToken.None);
        (await copy.Should().ThrowAsync<RemoteException>()).Which.Message.Should().Contain("gone/file could not be written");
    }

    [FleetFact]
    public async Task A_copy_that_is_cancelled_leaves_nothing()
    {
        await using var host = await place.OpenAsync();
        using var cancelled = new CancellationTokenSource();
        await using var content = new GatedStream("half"u8.ToArray(), "rest"u8.ToArray());
        var copying = host.CopyInAsync(content, content.Length, place.Inside(_name), Executable, cancelled.Token);
        await ConformancePlace.UntilAsync(() => Leftovers().Count > 0, "it did not begin");
        await cancelled.CancelAsync();
        await copying.Awaiting(c => c).Should().ThrowAsync<OperationCanceledException>();
        await ConformancePlace.UntilAsync(() => Leftovers().Count == 0, "the half file stays");
        File.Exists(place.Outside(_name)).Should().BeFalse();
    }

    private async Task CopyAsync(byte[] bytes, long? length = null)
    {
        await using var host = await place.OpenAsync();
        using var content = new MemoryStream(bytes);
        await host.CopyInAsync(content, length ?? bytes.Length, place.Inside(_name), Executable, CancellationToken.None);
    }

    /// <summary>Files that stand beside the one that was meant.</summary>
    private List<string> Leftovers() =>
        [.. Directory.GetFiles(Path.GetDirectoryName(place.Outside(_name))!).Where(f => f.StartsWith($"{place.Outside(_name)}.", StringComparison.Ordinal))];
}
