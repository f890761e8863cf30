using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Syncing;

/// <summary>
/// A host's disk with ext4 on it, of which copies can be taken as a power cut would leave it. The disk is an image on an outer file system. While that is
/// frozen nothing reaches the image, and the inner file system does not know: a copy has all writes that ext4 had handed to the disk by then, in their
/// order, and nothing that was still in memory. A real cut may also take what the disk itself had not written yet of that: of those writes ext4 knows,
/// and bids the disk flush them before it relies on them. The outer file system lies in memory.
/// </summary>
internal sealed class CutDisk(FleetHost host, Fleet fleet, string name)
{
    private readonly string _top = $"{fleet.DataPath}/{name}-disk";
    private int _copies;

    /// <summary>Where the host sees the disk.</summary>
    public string Mounted => $"{_top}/mounted";

    private string Seen(int copy) => Path.Combine(host.DataDirectory, Path.GetFileName(_top), $"seen{copy}");

    public Task MakeAsync() => host.AdministerAsync($"""
        mkdir -p {_top}/outer {Mounted} {_top}/copy && cd {_top}
        truncate -s 300M outer.img && mkfs.ext4 -q -m 0 outer.img && mount -o loop outer.img outer
        truncate -s 128M outer/disk.img && mkfs.ext4 -q -m 0 outer/disk.img && mount -o loop outer/disk.img mounted
        """);

    /// <summary>Takes a copy. Another program's fsync comes first: it has ext4 write its journal, with whatever names and times are in it by then.</summary>
    public async Task CutAsync() => await host.AdministerAsync($"""
        cd {_top}
        dd if=/dev/zero of=mounted/other bs=1 count=1 conv=notrunc,fsync status=none
        fsfreeze -f outer
        trap 'fsfreeze -u outer' EXIT
        cp --sparse=always outer/disk.img copy{_copies++}.img
        """);

    /// <summary>Starts the machine again with each copy in turn, as it were.</summary>
    /// <returns>Where the tests see what was on the disk.</returns>
    public async Task<IReadOnlyList<string>> LookAsync()
    {
        for (int i = 0; i < _copies; i++)
            await host.AdministerAsync($"cd {_top}; mount -o loop copy{i}.img copy; cp -a copy seen{i}; umount copy; rm copy{i}.img");
        return [.. Enumerable.Range(0, _copies).Select(Seen)];
    }

    public Task RemoveAsync() => host.AdministerAsync($"cd {_top}; umount mounted outer; cd /; rm -r {_top}");
}
