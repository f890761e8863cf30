namespace TreePush.Testing;

/// <summary>
/// Where a host's data lie: a directory, or a small disk of its own. It is mounted where the tests see it too, before the
/// host's namespace is made, and outlives the host's restarts.
/// </summary>
internal sealed class HostDisk
{
    private readonly string _path;
    private bool _mounted;

    private HostDisk(string path) => _path = path;

    public string DataDirectory => Path.Combine(_path, "data");

    private string FillerPath => Path.Combine(_path, "filler");

    public static async Task<HostDisk> CreateAsync(string path, long? bytes, CancellationToken cancellationToken)
    {
        var disk = new HostDisk(path);
        Directory.CreateDirectory(path);
        if (bytes is { } size)
        {
            await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", $"size={size},mode=0755", "fleet", path], cancellationToken);
            disk._mounted = true;
        }

        Directory.CreateDirectory(disk.DataDirectory);
        return disk;
    }

    /// <summary>Takes up room beside the data, so that no comparison of trees ever meets the filler.</summary>
    public async Task FillAsync(long bytesLeft, CancellationToken cancellationToken)
    {
        if (!_mounted)
            throw new InvalidOperationException("This would fill the machine's own disk. hint: give the host DataTmpfsBytes");
        var room = new DriveInfo(_path).AvailableFreeSpace - bytesLeft;
        var block = new byte[64 * 1024];
        await using var filler = new FileStream(FillerPath, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (; room > 0; room -= block.Length)
                await filler.WriteAsync(block.AsMemory(0, (int)Math.Min(room, block.Length)), cancellationToken);
        }
        catch (IOException)
        {
            // Somebody else took the last room: full is full.
        }
    }

    public void Free() => File.Delete(FillerPath);

    public async Task UnmountAsync()
    {
        if (!_mounted)
            return;
        await Tool.RunAsync("umount", ["--lazy", _path], CancellationToken.None);
        _mounted = false;
    }
}
