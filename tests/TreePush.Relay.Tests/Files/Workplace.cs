using System.Text;
using TreePush.Core.Manifests;
using TreePush.Relay.Files;

namespace TreePush.Relay.Tests.Files;

/// <summary>A directory for one test, with a source and a target in it.</summary>
internal sealed class Workplace : IDisposable
{
    private readonly List<IDisposable> _open = [];

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("tp-relay-").FullName;

    public string Source => Path.Combine(Directory, "source");

    public string Target => Path.Combine(Directory, "target");

    public string this[string path] => Path.Combine(Directory, path);

    /// <summary>Writes a file, with the directories above it.</summary>
    public string Write(string path, string text = "")
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], text);
        return this[path];
    }

    public string Make(string directory) => System.IO.Directory.CreateDirectory(this[directory]).FullName;

    public void Link(string path, string target)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.CreateSymbolicLink(this[path], target);
    }

    /// <summary>A file's text. Read without a lock: a program that another test starts this moment holds what was open here until it runs.</summary>
    public string Text(string path)
    {
        using var file = new FileStream(this[path], FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    public SourceTree OpenSource(string? path = null) => Keep(SourceTree.OpenAt(Encoding.UTF8.GetBytes(path ?? Source)));

    public TargetTree OpenTarget(string? path = null, bool force = false, string? sourceFile = null) => Keep(TargetTree.OpenAt(
        Encoding.UTF8.GetBytes(path ?? Target), new TargetOptions(sourceFile is not null, Encoding.UTF8.GetBytes(sourceFile ?? ""), force)));

    public (List<ManifestEntry> Entries, List<FileFault> Faults) Scan(PathFilter? filter = null, bool withOwners = false)
    {
        List<ManifestEntry> entries = [];
        List<FileFault> faults = [];
        OpenSource().Scan(filter ?? PathFilter.Everything, new ScanOptions(withOwners), entries.Add, faults.Add, CancellationToken.None);
        return (entries, faults);
    }

    private T Keep<T>(T opened)
        where T : IDisposable
    {
        _open.Add(opened);
        return opened;
    }

    public void CloseAll()
    {
        _open.ForEach(o => o.Dispose());
        _open.Clear();
    }

    public void Dispose()
    {
        CloseAll();
        Machine.Shell("chmod -R u+rwX \"$1\"; rm -rf \"$1\"", Directory);
    }
}
