
namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>How many inputs each adversary gives, and what they cost.</summary>
internal static class Inputs
{
    /// <summary>tests/bench/fuzz.sh asks for a million.</summary>
    private const string Variable = "TREEPUSH_FUZZ_INPUTS";

    private static readonly int Number = int.TryParse(Environment.GetEnvironmentVariable(Variable), out int number) ? number : 10_000;

    /// <summary>Holds conversations until there were enough inputs. A failure names the seed, which gives the same conversation again.</summary>
    /// <param name="converse">Given a seed, has one conversation.</param>
    public static void Give(Func<int, int> converse)
    {
        int seed = 0;
        try
        {
            for (int given = 0; given < Number;) given += Math.Max(1, converse(++seed));
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
        }
    }

    /// <summary>Does something, and fails where it takes more memory than a frame and a multiple of what was read.</summary>
    public static void Bounded(long bytesRead, Action work)
    {
        const int frames = 3 * Core.Wire.Frame.MostPayload;
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        long cost = GC.GetAllocatedBytesForCurrentThread() - before;
        if (cost > frames + (bytesRead * 64)) throw new InvalidOperationException($"it took {cost} bytes of memory for {bytesRead} that were read");
    }
}
