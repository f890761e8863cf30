using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>A target loses power during a run, and right after it was delivered. What the run before brought is on the disk already.</summary>
[Collection(FourHosts.Name)]
public sealed class PowerCutTests(FourHosts hosts)
{
    private const int Small = 300, Large = 6, Seed = 8, Cuts = 8;

    /// <summary>Slow enough for all cuts to fall into the run.</summary>
    private static readonly string[] Slowly = ["--bwlimit", "8M"];

    private FleetHost Host => hosts.Fleet.Hosts[0];

    [PrivateFleetFact("mkfs.ext4", "losetup", "fsfreeze", "mount")]
    public async Task Power_cut_leaves_no_file_that_the_next_run_would_take_for_right_and_is_not()
    {
        var shipment = new Shipment(hosts.Fleet);
        var disk = await BringOldTreeAsync(shipment);
        var run = await StartAsync(shipment, disk, Slowly);
        await CutDuringAsync(disk, run);
        (await run.WaitForExitAsync()).ShouldSucceed();
        await disk.CutAsync();
        var seen = await disk.LookAsync();
        foreach (string copy in seen) Lies(shipment, copy).Should().BeEmpty();
        Lacking(shipment, seen[^1]).Should().BeEmpty("what is delivered is on the disk");
        Lacking(shipment, seen[0]).Should().NotBeEmpty("the first cut came before the end");
        await disk.RemoveAsync();
    }

    [PrivateFleetFact("mkfs.ext4", "losetup", "fsfreeze", "mount")]
    public async Task Without_fsync_a_power_cut_leaves_files_that_are_not_what_they_say()
    {
        var shipment = new Shipment(hosts.Fleet);
        var disk = await BringOldTreeAsync(shipment);
        (await (await StartAsync(shipment, disk, "--no-fsync")).WaitForExitAsync()).ShouldSucceed();
        await disk.CutAsync();
        Lies(shipment, (await disk.LookAsync()).Single()).Should().NotBeEmpty("else the test above shows nothing");
        await disk.RemoveAsync();
    }

    private async Task<CutDisk> BringOldTreeAsync(Shipment shipment)
    {
        var disk = new CutDisk(Host, hosts.Fleet, shipment.Work.Name);
        await disk.MakeAsync();
        await shipment.MakeSourceAsync(Tree(Small / 2, Large / 2, seed: 1000, new UnixTime(1_000_000_000, 0)));
        (await (await StartAsync(shipment, disk)).WaitForExitAsync()).ShouldSucceed();
        Directory.Delete(shipment.Source, recursive: true);
        await shipment.MakeSourceAsync(Tree(Small, Large, seed: 2000, UnixTime.Usual));
        return disk;
    }

    private static TreeLiteral Tree(int small, int large, int seed, UnixTime modified)
    {
        var tree = new TreeLiteral();
        for (int i = 0; i < small; i++) tree.RandomFile($"small/{i % 10}/{i}", 1 + (i * 97), seed + i, modified: modified);
        for (int i = 0; i < large; i++) tree.RandomFile($"large{i}", (3 << 20) + i, seed + small + i, modified: modified);
        return tree;
    }

    private async Task<RunningProgram> StartAsync(Shipment shipment, CutDisk disk, params string[] options) => shipment.Work.Start(
        ["sync", shipment.Source, $"{disk.Mounted}/dest", "-l", await hosts.Fleet.WriteHostListAsync([Host]), .. options]);

    /// <summary>At moments that the seed decides: nothing in the run says when power is lost.</summary>
    private static async Task CutDuringAsync(CutDisk disk, RunningProgram run)
    {
        var random = new Random(Seed);
        for (int i = 0; i < Cuts && !run.HasExited; i++)
        {
            await Task.Delay(random.Next(400));
            await disk.CutAsync();
        }
    }

    /// <summary>Files that the next run would skip, by their size and time, and that are not right.</summary>
    private static List<string> Lies(Shipment shipment, string copy) => Compare(shipment, copy, (source, there) =>
        there.Exists && there.Length == source.Length && there.LastWriteTimeUtc == source.LastWriteTimeUtc && !HaveSameContent(source, there));

    private static List<string> Lacking(Shipment shipment, string copy) => Compare(shipment, copy, (source, there) =>
        !there.Exists || there.LastWriteTimeUtc != source.LastWriteTimeUtc || !HaveSameContent(source, there));

    private static List<string> Compare(Shipment shipment, string copy, Func<FileInfo, FileInfo, bool> isSo)
    {
        var paths = Directory.GetFiles(shipment.Source, "*", SearchOption.AllDirectories).Select(p => Path.GetRelativePath(shipment.Source, p));
        return [.. paths.Where(p => isSo(new FileInfo(Path.Combine(shipment.Source, p)), new FileInfo(Path.Combine(copy, "dest", p))))];
    }

    private static bool HaveSameContent(FileInfo a, FileInfo b) => File.ReadAllBytes(a.FullName).AsSpan().SequenceEqual(File.ReadAllBytes(b.FullName));
}
