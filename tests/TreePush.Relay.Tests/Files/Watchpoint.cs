using System.Collections.Concurrent;
using System.Text;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Tests.Files;

/// <summary>
/// Watches the file system calls of this process that concern one directory and what lies below it. Calls elsewhere,
/// of tests that run at the same time, are let pass.
/// </summary>
internal sealed class Watchpoint : IDisposable
{
    private readonly string _directory;
    private readonly Func<string, string, int> _error;
    private readonly IDisposable _watching;

    /// <param name="error">Given the call's name and the absolute path that it concerns, the error number it fails with; 0 to let it pass.</param>
    public Watchpoint(string directory, Func<string, string, int>? error = null)
    {
        (_directory, _error) = (directory, error ?? ((_, _) => 0));
        _watching = FileCalls.Watch(Ask);
    }

    /// <summary>Each call with its path, in order.</summary>
    public ConcurrentQueue<(string Call, string Path, int Flags)> Calls { get; } = [];

    public void Dispose() => _watching.Dispose();

    private int Ask(in FileCall call)
    {
        string path = PathOf(call);
        if (path != _directory && !path.StartsWith(_directory + "/", StringComparison.Ordinal)) return 0;
        Calls.Enqueue((call.Name, path, call.Flags));
        return _error(call.Name, path);
    }

    /// <summary>Where a call leads, by the kernel's own word for its descriptor.</summary>
    public static string PathOf(in FileCall call)
    {
        string name = Encoding.Latin1.GetString(call.Path);
        if (name.StartsWith('/')) return Path.GetFullPath(name);
        string at = call.Descriptor == At.CurrentDirectory ? Environment.CurrentDirectory
            : new FileInfo($"/proc/self/fd/{call.Descriptor}").LinkTarget ?? "?";
        return name is "" or "." ? at : Path.GetFullPath(Path.Combine(at, name));
    }
}
