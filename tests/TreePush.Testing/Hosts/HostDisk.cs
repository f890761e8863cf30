namespace TreePush.Testing;

/// <summary>
/// Where a host's data lie: a directory, or a small disk of its own. It is mounted where the tests see it too, before the
/// host's namespace is made, outlives the host's restarts, and is taken away by the fleet's janitor.
/// </summary>
internal sealed class HostDisk
{
    private readonly string _path;
    private readonly bool _isSmall;

    private HostDisk(string path, bool isSmall)
    {
        _path = path;
        _isSmall = isSmall;
    }

    public string DataDirectory => Path.Combine(_path, "data");

    private string FillerPath => Path.Combine(_path, "filler");

    /// <param name="bytes">The size of a disk that can be filled.</param>
    /// <param name="inMemory">Whether to have the data in memory even where the size does not matter.</param>
    public static async Task<HostDisk> CreateAsync(
        string path, long? bytes, bool inMemory, CancellationToken cancellationToken)
    {
        var disk = new HostDisk(path, bytes is not null);
        Directory.CreateDirectory(path);
        var options = bytes is { } size ? $"size={size},mode=0755" : "mode=0755";
        if (inMemory || bytes is not null)
            await Tool.RunAsync("mount", ["-t", "tmpfs", "-o", options, "fleet", path], cancellationToken);
        Directory.CreateDirectory(disk.DataDirectory);
        return disk;
    }

    /// <summary>Takes up room beside the data, so that no comparison of trees ever meets the filler.</summary>
    public async Task FillAsync(long bytesLeft, CancellationToken cancellationToken)
    {
        if (!_isSmall)
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
}
