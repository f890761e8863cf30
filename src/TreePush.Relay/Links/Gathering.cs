using System.Diagnostics;

namespace TreePush.Relay.Links;

/// <summary>
/// Holds pieces back until there is a batch of them, a few times. In a chain that is held back above, small pieces come and go
/// one by one; only several at once show a child what its link can do.
/// </summary>
internal sealed class Gathering
{
    public const int Batches = 3;

    /// <summary>How long a batch is waited for.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private int _left;
    private long _since;

    public bool IsOver => _left == 0;

    /// <param name="now">A time stamp, as <see cref="Stopwatch"/> gives them.</param>
    public void Begin(long now) => (_left, _since) = (Batches, now);

    /// <summary>Whether pieces wait. Where they do not, a batch goes.</summary>
    /// <param name="isReady">There is enough for a batch, or there is no more to come.</param>
    public bool Waits(bool isReady, long now)
    {
        if (IsOver) return false;
        bool waits = !isReady && Stopwatch.GetElapsedTime(_since, now) < Longest;
        if (!waits) (_left, _since) = (_left - 1, now);
        return waits;
    }
}
