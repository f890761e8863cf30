namespace TreePush.Relay.Files.Native;

/// <summary>Lets tests record file system calls and make them fail. The relay itself never sets a probe.</summary>
internal static class FileCalls
{
    private static readonly Lock Gate = new();
    private static volatile Probe[]? _probes;

    /// <returns>Zero to let the call proceed, or the error number with which it fails.</returns>
    public delegate int Probe(in FileCall call);

    /// <summary>Calls this probe before each file system call of any thread of the process, until the result is disposed.</summary>
    public static IDisposable Watch(Probe probe)
    {
        lock (Gate) _probes = [.. _probes ?? [], probe];
        return new Watching(probe);
    }

    /// <returns>Zero, or the negated error number with which the call must fail.</returns>
    public static int Ask(string name, int descriptor, ReadOnlySpan<byte> path = default, int flags = 0)
    {
        if (_probes is not { } probes) return 0;
        var call = new FileCall(name, descriptor, path, flags);
        foreach (var probe in probes)
            if (probe(call) is var error and not 0) return -error;
        return 0;
    }

    private sealed class Watching(Probe probe) : IDisposable
    {
        public void Dispose()
        {
            lock (Gate) _probes = _probes is { Length: > 1 } several ? [.. several.Where(p => p != probe)] : null;
        }
    }
}
