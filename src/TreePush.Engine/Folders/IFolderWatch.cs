using System.Threading.Channels;

namespace TreePush.Engine.Folders;

/// <summary>
/// A folder that is watched, with all that is in it. The first thing it tells is a scan. No change is lost: whatever the system
/// can't tell, a later scan finds. Disposing of it ends everything that it has started.
/// </summary>
public interface IFolderWatch : IAsyncDisposable
{
    /// <summary>The changes, in their order. Few are kept: while nobody reads, the watch waits.</summary>
    ChannelReader<FolderChange> Changes { get; }

    /// <summary>Asks for a scan.</summary>
    void Rescan();
}
