using System.Threading.Channels;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

/// <summary>A watch that tells when its first scan has been taken by its reader.</summary>
internal sealed class TellingWatch(IFolderWatch watch, TaskCompletionSource scanned) : ChannelReader<FolderChange>, IFolderWatch
{
    private bool _isOver;

    public ChannelReader<FolderChange> Changes => this;

    public override Task Completion => watch.Changes.Completion;

    public void Rescan() => watch.Rescan();

    public override bool TryRead(out FolderChange item)
    {
        if (_isOver) scanned.TrySetResult();
        if (!watch.Changes.TryRead(out item)) return false;
        _isOver |= item.Kind is FolderChangeKind.ScannedWhole or FolderChangeKind.ScannedPartly;
        return true;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
    {
        if (_isOver) scanned.TrySetResult();
        return watch.Changes.WaitToReadAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => watch.DisposeAsync();
}
