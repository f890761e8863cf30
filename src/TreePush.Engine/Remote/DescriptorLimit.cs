
namespace TreePush.Engine.Remote;

/// <summary>The limit on open files and connections of this process.</summary>
internal static class DescriptorLimit
{
    /// <summary>Assumed where the limit is unknown: common systems allow at least this many.</summary>
    private const int Usual = 256;

    private const int MostConnections = 1000;

    /// <summary>
    /// How many connections may be tried at once. The rest of the limit is left to the programs that are started
    /// meanwhile.
    /// </summary>
    public static int ForConnections() => ForConnections(Soft());

    internal static int ForConnections(int limit) => Math.Clamp((limit - 200) / 2, 16, MostConnections);

    private static int Soft()
    {
        const string limits = "/proc/self/limits";
        if (!File.Exists(limits)) return Usual;
        string? line = File.ReadLines(limits).FirstOrDefault(l => l.StartsWith("Max open files", StringComparison.Ordinal));
        string[] words = (line ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 3 && int.TryParse(words[3], out int soft) ? soft : int.MaxValue;
    }
}
