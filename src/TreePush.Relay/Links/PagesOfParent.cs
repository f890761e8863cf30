using TreePush.Relay.Ledgers;

namespace TreePush.Relay.Links;

/// <summary>
/// Records which pages of the ledger a parent has. When a source is lost, some pages may have reached only a few hosts. Each host
/// offers them to its parent, so that they reach the successor of the source, and through it all other hosts.
/// </summary>
/// <param name="known">How many pages of each signer the parent has at first.</param>
internal sealed class PagesOfParent(IReadOnlyList<long> known)
{
    private const int MostAtOnce = 64;

    private readonly List<long> _counts = [.. known];

    /// <summary>Records that the parent has sent this page.</summary>
    public void Came(LedgerFrame page)
    {
        lock (_counts)
        {
            Reach(page.Signer);
            _counts[page.Signer] = Math.Max(_counts[page.Signer], page.Number + 1);
        }
    }

    /// <returns>Some of the pages that this relay has and the parent lacks. They count as sent.</returns>
    public IReadOnlyList<byte[]> Lacking(LedgerReader ledger)
    {
        var pages = new List<byte[]>();
        lock (_counts)
        {
            var own = ledger.Known;
            for (int signer = 0; signer < own.Count; signer++)
            {
                Reach(signer);
                for (; _counts[signer] < own[signer] && pages.Count < MostAtOnce; _counts[signer]++) pages.Add(ledger.Page(signer, (int)_counts[signer]));
            }
        }

        return pages;
    }

    private void Reach(int signer)
    {
        while (_counts.Count <= signer) _counts.Add(0);
    }
}
