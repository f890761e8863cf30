using System.Text;
using TreePush.Core.Dispatching;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching;

/// <summary>Drops from a large journal what nobody needs any more: packages that have long been done, refusals of long ago, and what was forgotten.</summary>
internal static class JournalCompaction
{
    /// <summary>A smaller journal is read in well under a second.</summary>
    public const long LargeFrom = 16 << 20;

    /// <summary>A package that arrives again within this time is known to be installed.</summary>
    public static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    /// <param name="journal">The file, which no other process uses. It appears anew, whole, or stays as it is.</param>
    public static void Run(string journal, DateTimeOffset now, long largeFrom = LargeFrom)
    {
        if (!File.Exists(journal) || new FileInfo(journal).Length < largeFrom) return;
        var book = new PackageBook();
        foreach (var happened in Read(journal)) book.Apply(happened);
        string temporary = journal + ".tmp";
        File.Delete(temporary);
        using (var file = new FileStream(temporary, PrivateFile.Options(FileMode.CreateNew, FileAccess.Write, FileShare.None)))
        {
            foreach (var happened in Read(journal).Where(e => IsNeeded(e, book, now - Keep))) file.Write(Encoding.UTF8.GetBytes(DispatchJson.Write(happened) + "\n"));
            // A power cut must find the old journal or the new one.
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, journal, overwrite: true);
    }

    private static bool IsNeeded(DispatchEvent happened, PackageBook book, DateTimeOffset from) => happened switch
    {
        PackageSeen e => book.Unread.Any(u => u == e),
        PackageRefused e => e.Time >= from && book.Refused.Any(r => r == e),
        PackageArrived e => IsNeeded(e.Package, book, from),
        PackageRepeated e => IsNeeded(e.Package, book, from),
        HostStep e => IsNeeded(e.Package, book, from),
        _ => false,
    };

    private static bool IsNeeded(string package, PackageBook book, DateTimeOffset from) =>
        book.Find(package) is { } known && !(known.IsDone && known.Deliveries.Values.All(d => d.Since < from));

    private static IEnumerable<DispatchEvent> Read(string journal)
    {
        foreach (string line in File.ReadLines(journal))
            if (DispatchJson.Read(Encoding.UTF8.GetBytes(line)) is { } happened) yield return happened;
    }
}
