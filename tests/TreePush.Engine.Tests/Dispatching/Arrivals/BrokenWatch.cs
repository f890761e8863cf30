using System.Threading.Channels;
using TreePush.Engine.Folders;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

/// <summary>A watch that fails at once.</summary>
internal sealed class BrokenWatch : IFolderWatch
{
    public ChannelReader<FolderChange> Changes
    {
        get
        {
            var channel = Channel.CreateUnbounded<FolderChange>();
            channel.Writer.Complete(new IOException("broken watch"));
            return channel.Reader;
        }
    }

    public void Rescan()
    {
        // Nothing is scanned.
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
