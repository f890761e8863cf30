using TreePush.Core.Runs;
using TreePush.Engine.Dispatching;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Ftp;

/// <summary>Connections that break or stand still half way.</summary>
public sealed class BrokenFtpTests
{
    private const int Size = 3_000_000;

    /// <summary>Slow enough that a test can act while a file is on its way.</summary>
    private static readonly FtpServerOptions Slow = new() { Lines = ["local_max_rate=1500000", "trans_chunk_size=8192"] };

    [FtpFact]
    public async Task An_upload_goes_on_where_its_connection_broke()
    {
        await using var place = await FtpPlace.StartAsync(Slow);
        var package = place.Parcel.Package("a", Size);
        var delivering = place.DeliverAsync(package);
        await UntilAsync(place, package, 500_000);
        File.Exists(place.PathOf("in/a")).Should().BeFalse("it is not whole");
        place.Server.BreakConnections();
        var outcome = await delivering;
        outcome.Failure.Should().BeNull();
        File.ReadAllBytes(place.PathOf("in/a")).Should().Equal(place.Parcel.Content);
        place.Files().Should().Equal("in/a");
        (await place.Server.ReadLogAsync()).Should().Contain("\"APPE ");
    }

    [FtpFact]
    public async Task A_later_delivery_goes_on_too()
    {
        await using var place = await FtpPlace.StartAsync(Slow);
        place.Options = place.Options with { Attempts = 1 };
        var package = place.Parcel.Package("a", Size);
        var delivering = place.DeliverAsync(package);
        await UntilAsync(place, package, 500_000);
        place.Server.BreakConnections();
        var broken = await delivering;
        broken.Failure!.Kind.Should().Be(FailureKind.ConnectionLost, broken.Failure.ToString());
        (await place.DeliverAsync(package)).Failure.Should().BeNull();
        File.ReadAllBytes(place.PathOf("in/a")).Should().Equal(place.Parcel.Content);
        (await place.Server.ReadLogAsync()).Should().Contain("\"APPE ");
    }

    [FtpFact]
    public async Task What_has_the_wrong_size_is_sent_anew()
    {
        await using var place = await FtpPlace.StartAsync();
        var package = place.Parcel.Package("a", 1000);
        (await place.DeliverAsync(place.Parcel.Package("other"))).Failure.Should().BeNull();
        File.WriteAllBytes(place.PartialOf(package), new byte[2000]);
        File.SetUnixFileMode(place.PartialOf(package), UnixFileMode.UserRead | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        (await place.DeliverAsync(package)).Failure.Should().BeNull();
        new FileInfo(place.PathOf("in/a")).Length.Should().Be(1000);
        File.ReadAllBytes(place.PathOf("in/a")).Should().Equal(File.ReadAllBytes(package.File));
    }

    [FtpFact]
    public async Task A_package_that_was_sent_whole_but_not_renamed_is_not_sent_again()
    {
        await using var place = await FtpPlace.StartAsync();
        var package = place.Parcel.Package("a", 1000);
        (await place.DeliverAsync(place.Parcel.Package("other"))).Failure.Should().BeNull();
        File.Copy(package.File, place.PartialOf(package));
        (await place.DeliverAsync(package)).Failure.Should().BeNull();
        place.Files().Should().BeEquivalentTo("in/a", "in/other");
    }

    [FtpFact]
    public async Task A_transfer_that_stands_still_is_given_up()
    {
        await using var place = await FtpPlace.StartAsync(Slow);
        place.Options = place.Options with { Attempts = 1, StallTimeout = TimeSpan.FromSeconds(2) };
        var package = place.Parcel.Package("a", 20 * Size);
        var delivering = place.DeliverAsync(package);
        await UntilAsync(place, package, 100_000);
        place.Server.FreezeConnections();
        (await delivering).Failure!.Kind.Should().Be(FailureKind.TimedOut);
    }

    [FtpFact]
    public async Task The_password_is_in_no_argument_and_environment_and_nothing_is_left_when_it_is_cancelled()
    {
        await using var place = await FtpPlace.StartAsync(Slow);
        string curl = Path.Combine(place.Parcel.Directory, "my-curl");
        File.CreateSymbolicLink(curl, Needs.Find("curl")!);
        place.Options = place.Options with { Program = curl };
        using var cts = new CancellationTokenSource();
        var package = place.Parcel.Package("a", Size);
        var delivering = place.DeliverAsync(package, ct: cts.Token);
        await UntilAsync(place, package, 100_000);
        Seen().Should().Contain(text => text.Contains(curl, StringComparison.Ordinal)).And.NotContain(text => text.Contains(place.Server.Password, StringComparison.Ordinal));
        await cts.CancelAsync();
        await delivering.Awaiting(d => d).Should().ThrowAsync<OperationCanceledException>();
        Seen().Should().NotContain(text => text.Contains(curl, StringComparison.Ordinal));
        File.Exists(place.PathOf("in/a")).Should().BeFalse();
    }

    private static Task UntilAsync(FtpPlace place, StagedPackage package, long size)
    {
        var partial = new FileInfo(place.PartialOf(package));
        return Wait.UntilAsync(() =>
        {
            partial.Refresh();
            return partial.Exists && partial.Length >= size;
        }, Patience.Usual, () => $"{partial.FullName} does not grow");
    }

    private static List<string> Seen() =>
        [.. Directory.GetDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])).SelectMany(p => new[] { $"{p}/cmdline", $"{p}/environ" }).Select(Read)];

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // It ended while we looked.
        }
    }
}
