using System.Text;
using Microsoft.Win32.SafeHandles;
using TreePush.Engine.Folders.Native;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>
/// Writes the names in a folder to the disk. Those who ask while it is busy share the next time, so many files at once cost few
/// writes. Where the system can't do it (Windows), names are as durable as its file system makes them.
/// </summary>
internal sealed class FolderSync : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SafeFileHandle? _folder;
    private readonly Func<string?> _sync;
    private TaskCompletionSource? _next;
    private bool _busy;

    /// <exception cref="IOException">The folder can't be opened.</exception>
    public FolderSync(string folder)
    {
        _sync = () => _folder is not null && Place.Sync(_folder) is < 0 and var error ? Errno.Text(-error) : null;
        if (!OperatingSystem.IsLinux()) return;
        int descriptor = Place.Open(Place.Working, Encoding.UTF8.GetBytes(folder), OpenFlags.ListedFolder);
        if (descriptor < 0) throw new IOException($"{folder} can't be opened: {Errno.Text(-descriptor)}");
        _folder = new SafeFileHandle(descriptor, ownsHandle: true);
    }

    /// <param name="sync">Does the work; returns what went wrong, or null.</param>
    internal FolderSync(Func<string?> sync) => _sync = sync;

    /// <summary>Ends when every name that was there before the call is on the disk.</summary>
    /// <exception cref="IOException">The names can't be written.</exception>
    public Task SyncAsync()
    {
        lock (_gate)
        {
            _next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var waiting = _next.Task;
            if (!_busy)
            {
                _busy = true;
                ThreadPool.UnsafeQueueUserWorkItem(_ => Work(), null);
            }

            return waiting;
        }
    }

    public void Dispose() => _folder?.Dispose();

    private void Work()
    {
        while (true)
        {
            TaskCompletionSource waiting;
            lock (_gate)
            {
                _busy = _next is not null;
                if (_next is null) return;
                (waiting, _next) = (_next, null);
            }

            if (_sync() is { } fault) waiting.SetException(new IOException(fault));
            else waiting.SetResult();
        }
    }
}
