using TreePush.Engine.Folders.Linux;

namespace TreePush.Engine.Folders;

/// <summary>Watches folders by the means of the system.</summary>
public static class FolderWatch
{
    /// <summary>Changes that are kept while nobody reads.</summary>
    internal const int Room = 1024;

    /// <param name="folder">A full path, or what leads to a folder: links in it are followed. It need not be there yet.</param>
    public static IFolderWatch Start(string folder, FolderWatchOptions options, TimeProvider time) =>
        OperatingSystem.IsLinux() ? InotifyWatch.Start(folder, options, time) : PolledWatch.Start(folder, options, time);
}
