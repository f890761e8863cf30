using System.Text;
using TreePush.Core.Manifests;
using TreePush.Relay.Files;

namespace TreePush.Relay.Tests.Files;

/// <summary>Entries in few words, and what is usually done with them.</summary>
internal static class Entries
{
    /// <summary>2020-09-13, and a fraction that only nanoseconds hold.</summary>
    public const long Time = 1_600_000_000_123_456_789;

    public static ManifestEntry File(string path, string text = "", int mode = 0b110_100_100) =>
        new(RelativePath.Of(path), EntryKind.File, mode, Time, Encoding.UTF8.GetByteCount(text));

    public static ManifestEntry Directory(string path, int mode = 0b111_101_101) => new(RelativePath.Of(path), EntryKind.Directory, mode, Time, 0);

    public static ManifestEntry Link(string path, string target) =>
        new(RelativePath.Of(path), EntryKind.Symlink, 0b111_111_111, Time, 0) { LinkTarget = ByteString.OfText(target) };

    public static void Put(this TargetTree tree, string path, string text) => tree.WriteWhole(File(path, text), Encoding.UTF8.GetBytes(text));

    public static void PutInPieces(this TargetTree tree, string path, string text)
    {
        using var partial = tree.BeginFile(File(path, text), keep: false);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int half = bytes.Length / 2;
        partial.Write(half, bytes.AsSpan(half));
        partial.Write(0, bytes.AsSpan(0, half));
        partial.Complete();
        partial.Name();
    }

    /// <summary>All of the source into the target, as a run would, but for its pieces.</summary>
    public static List<FileFault> Bring(SourceTree source, List<ManifestEntry> manifest, TargetTree target)
    {
        List<FileFault> faults = [];
        foreach (var entry in manifest.Where(e => target.Compare(e).Lack == Lack.Content)) Bring(source, entry, target);
        foreach (var entry in manifest.Where(e => e.Kind != EntryKind.Directory && target.Compare(e).Lack == Lack.Metadata)) target.ApplyMetadata(entry);
        target.FinishDirectories(manifest.FindAll(e => e.Kind == EntryKind.Directory), faults.Add);
        return faults;
    }

    private static void Bring(SourceTree source, ManifestEntry entry, TargetTree target)
    {
        if (entry.Kind == EntryKind.Directory) target.MakeDirectory(entry);
        else if (entry.Kind == EntryKind.Symlink) target.MakeSymlink(entry);
        else
        {
            using var file = source.OpenFile(entry.Path);
            byte[] content = new byte[entry.Size];
            file.Read(0, content).Should().Be(content.Length);
            target.WriteWhole(entry, content);
        }
    }

    public static FileFault Fault(this Action action) => action.Should().Throw<FileFaultException>().Which.Fault;
}
