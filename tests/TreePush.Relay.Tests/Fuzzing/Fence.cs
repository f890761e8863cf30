using System.Collections.Concurrent;
using TreePush.Relay.Files.Native;
using TreePush.Relay.Tests.Files;

namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>
/// Sees every file system call that an adversary leads to; refuses and notes those that write anywhere but in DEST. Calls of tests
/// that run at the same time are told apart by the flow of execution.
/// </summary>
internal sealed class Fence : IDisposable
{
    private const int WritingFlags = 1 | Open.ReadWrite | Open.Create;

    private static readonly AsyncLocal<Fence?> Current = new();

    private static readonly HashSet<string> Writing =
        ["mkdirat", "unlinkat", "renameat", "symlinkat", "fchmodat", "fchmod", "fchown", "fchownat", "utimensat", "futimens", "pwrite", "ftruncate"];

    private readonly string _folder = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"tp-fuzz-{Guid.NewGuid():N}")).FullName;
    private readonly IDisposable _watching;
    private int _places;

    public Fence()
    {
        Current.Value = this;
        Directory.CreateDirectory(Outside);
        File.WriteAllText(Path.Combine(Outside, "x"), "precious");
        _watching = FileCalls.Watch(Ask);
    }

    /// <summary>Calls that wrote outside of DEST.</summary>
    public ConcurrentQueue<string> Breaches { get; } = [];

    /// <summary>How many calls wrote, wherever.</summary>
    public int Writes { get; private set; }

    /// <summary>Where links in DEST lead to, and nothing may be written.</summary>
    public string Outside => Path.Combine(_folder, "outside");

    private string Destination { get; set; } = "?";

    /// <summary>A new DEST, with or without something in it already.</summary>
    public string NewDestination(Dice dice)
    {
        string place = Path.Combine(_folder, $"p{++_places}", "q");
        Destination = Path.Combine(place, "dest");
        Directory.CreateDirectory(place);
        if (dice.Once(2)) Fill(dice);
        return Destination + dice.Any(["", "/"]);
    }

    public void RemoveDestination()
    {
        if (File.ReadAllText(Path.Combine(Outside, "x")) != "precious" || Directory.GetFileSystemEntries(Outside).Length != 1) Breaches.Enqueue("the precious file");
        Remove(Path.Combine(_folder, $"p{_places}"));
        if (Breaches.TryDequeue(out string? breach)) throw new InvalidOperationException($"something was written outside of DEST: {breach}");
    }

    public void Dispose()
    {
        _watching.Dispose();
        Remove(_folder);
    }

    /// <summary>The runtime removes no file whose name is not UTF-8.</summary>
    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            Machine.Shell("rm -rf \"$1\"", folder);
        }
    }

    private void Fill(Dice dice)
    {
        if (dice.Once(6))
        {
            File.WriteAllText(Destination, "a file");
            return;
        }

        Directory.CreateDirectory(Path.Combine(Destination, "b"));
        File.WriteAllText(Path.Combine(Destination, "a"), "old");
        File.WriteAllText(Path.Combine(Destination, "b", "old"), "old");
        foreach (string link in new[] { "l", "c", ".a.treepush-part" })
            if (dice.Once(2)) File.CreateSymbolicLink(Path.Combine(Destination, link), Outside);
        if (dice.Once(3)) File.CreateSymbolicLink(Path.Combine(Destination, "k"), Path.Combine(Outside, "x"));
    }

    private int Ask(in FileCall call)
    {
        if (Current.Value != this || !(call.Name == "openat" ? (call.Flags & WritingFlags) != 0 : Writing.Contains(call.Name))) return 0;
        string path = Watchpoint.PathOf(call);
        Writes++;
        bool isPartial = path == Path.Combine(Path.GetDirectoryName(Destination)!, $".{Path.GetFileName(Destination)}.treepush-part");
        bool isAbove = call.Name == "mkdirat" && (Destination + "/").StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal);
        bool isInside = path == Destination || path == Destination + " (deleted)" || path.StartsWith(Destination + "/", StringComparison.Ordinal);
        if (isInside || isPartial || isAbove) return 0;
        Breaches.Enqueue($"{call.Name} {path}");
        return Errno.NotPermitted;
    }
}
