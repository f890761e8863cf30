using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>Files that change or go while they are read: nobody ever gets a file that never was.</summary>
[Collection(FourHosts.Name)]
public sealed class UnsteadySourceTests(FourHosts hosts)
{
    private const int FileSize = 4 << 20;

    private Fleet Fleet => hosts.Fleet;

    [PrivateFleetFact]
    public async Task File_that_was_replaced_while_it_was_read_arrives_as_it_is_now()
    {
        var shipment = await TwoFilesAsync();
        await using var sync = await StartSlowlyAsync(shipment);
        byte[] now = new byte[FileSize + 17];
        Random.Shared.NextBytes(now);
        await File.WriteAllBytesAsync($"{shipment.Source}-b", now);
        File.Move($"{shipment.Source}-b", Path.Combine(shipment.Source, "b"), overwrite: true);
        (await sync.WaitForExitAsync()).ShouldSucceed();
        // The directory was listed before; its time is for the next run.
        await shipment.ShouldBeOnAsync(Fleet.Hosts, TreeAspects.Modes | TreeAspects.FileTimes);
    }

    [PrivateFleetFact]
    public async Task File_that_is_compared_by_content_may_be_replaced_meanwhile()
    {
        var shipment = await TwoFilesAsync();
        byte[] nearly = await File.ReadAllBytesAsync(Path.Combine(shipment.Source, "b"));
        nearly[0] ^= 1;
        foreach (var host in Fleet.Hosts)
        {
            await shipment.MakeDestinationOnAsync(host, new TreeLiteral());
            await File.WriteAllBytesAsync(shipment.DestinationOn(host, "b"), nearly);
        }

        await using var sync = await StartSlowlyAsync(shipment, "--checksum");
        Random.Shared.NextBytes(nearly);
        await File.WriteAllBytesAsync($"{shipment.Source}-b", nearly);
        File.Move($"{shipment.Source}-b", Path.Combine(shipment.Source, "b"), overwrite: true);
        (await sync.WaitForExitAsync()).ShouldSucceed();
        await shipment.ShouldBeOnAsync(Fleet.Hosts, TreeAspects.Modes | TreeAspects.FileTimes);
        foreach (var host in Fleet.Hosts) (await File.ReadAllBytesAsync(shipment.DestinationOn(host, "b"))).Should().Equal(nearly);
    }

    [PrivateFleetFact]
    public async Task File_that_grows_all_the_time_is_left_out_and_named_and_the_rest_arrives()
    {
        var shipment = await TwoFilesAsync();
        using var ended = new CancellationTokenSource();
        var growing = GrowAsync(Path.Combine(shipment.Source, "b"), ended.Token);
        await using var sync = await StartSlowlyAsync(shipment);
        var result = await sync.WaitForExitAsync();
        await ended.CancelAsync();
        await growing;
        result.ShouldFail(3, "b: changed", "could not read all");
        foreach (var host in Fleet.Hosts)
            Directory.GetFileSystemEntries(shipment.DestinationOn(host)).Select(Path.GetFileName).Should().BeEquivalentTo(["a", "kept"]);
    }

    [PrivateFleetFact]
    public async Task File_that_vanished_is_left_out_and_named()
    {
        var shipment = await TwoFilesAsync();
        await using var sync = await StartSlowlyAsync(shipment);
        File.Delete(Path.Combine(shipment.Source, "b"));
        (await sync.WaitForExitAsync()).Error.Should().Contain("b: was deleted");
        foreach (var host in Fleet.Hosts) File.Exists(shipment.DestinationOn(host, "b")).Should().BeFalse();
        foreach (var host in Fleet.Hosts) File.Exists(shipment.DestinationOn(host, "a")).Should().BeTrue();
    }

    /// <summary>What is there at the targets only must outlive a source that could not read everything, --delete or not.</summary>
    private async Task<Shipment> TwoFilesAsync([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var shipment = new Shipment(Fleet, test);
        bool grows = test.StartsWith("File_that_grows", StringComparison.Ordinal);
        // One that grows is so large that, however busy the machine is, it grows while it is read.
        await shipment.MakeSourceAsync(new TreeLiteral().RandomFile("a", FileSize, seed: 1).RandomFile("b", grows ? 32 * FileSize : FileSize, seed: 2));
        if (grows)
            foreach (var host in Fleet.Hosts) await shipment.MakeDestinationOnAsync(host, new TreeLiteral().File("kept"));
        return shipment;
    }

    /// <summary>Starts a run, and waits until the first of the two files is under way: the second was listed, and is not read yet.</summary>
    private async Task<RunningProgram> StartSlowlyAsync(Shipment shipment, params string[] options)
    {
        var sync = await shipment.StartAsync(Fleet.Hosts, ["--bwlimit", "16Mbit", "--delete", .. options]);
        await Wait.UntilAsync(
            () => Fleet.Hosts.Any(h => File.Exists(shipment.DestinationOn(h, ".a.treepush-part"))), Patience.Usual, () => $"nothing arrives: {sync.Error.Text}");
        return sync;
    }

    /// <summary>Appends to a file all the time, on a thread of its own: among other tests' work, the writer would pause for longer than one reading of the file takes.</summary>
    private static Task GrowAsync(string path, CancellationToken ended) => Task.Factory.StartNew(() =>
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        while (!ended.IsCancellationRequested) file.Write("more"u8);
    }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
