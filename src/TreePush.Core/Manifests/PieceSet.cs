using System.Numerics;
using TreePush.Core.Wire;

namespace TreePush.Core.Manifests;

/// <summary>A set of pieces or entries, by number, with one bit for each number.</summary>
public sealed class PieceSet
{
    private ulong[] _words = [];

    /// <summary>The number of members.</summary>
    public int Count { get; private set; }

    public bool IsEmpty => Count == 0;

    public bool Contains(int number) => number >> 6 < _words.Length && (_words[number >> 6] & (1UL << number)) != 0;

    public bool ContainsAll(PieceRange range)
    {
        for (int at = (int)range.First, end = (int)range.End; at < end;)
        {
            int stop = Math.Min(end, (at | 63) + 1);
            ulong mask = Mask(at, stop);
            if (at >> 6 >= _words.Length || (_words[at >> 6] & mask) != mask) return false;
            at = stop;
        }

        return true;
    }

    /// <returns>False if the set already contained the number.</returns>
    public bool Add(int number)
    {
        Reach(number >> 6);
        ulong bit = 1UL << number;
        if ((_words[number >> 6] & bit) != 0) return false;
        _words[number >> 6] |= bit;
        Count++;
        return true;
    }

    /// <returns>False if the set did not contain the number.</returns>
    public bool Remove(int number)
    {
        if (!Contains(number)) return false;
        _words[number >> 6] &= ~(1UL << number);
        Count--;
        return true;
    }

    public void Add(PieceRange range)
    {
        for (int at = (int)range.First, end = (int)range.End; at < end;)
        {
            Reach(at >> 6);
            int stop = Math.Min(end, (at | 63) + 1);
            ulong mask = Mask(at, stop);
            Count += BitOperations.PopCount(mask & ~_words[at >> 6]);
            _words[at >> 6] |= mask;
            at = stop;
        }
    }

    /// <summary>
    /// Adds a range, and adds the numbers that were not in this set to <paramref name="news"/>. The cost is one step for every 64
    /// numbers of the range.
    /// </summary>
    public void Add(PieceRange range, PieceSet news)
    {
        for (int at = (int)range.First, end = (int)range.End; at < end;)
        {
            int word = at >> 6, stop = Math.Min(end, (at | 63) + 1);
            Reach(word);
            ulong added = Mask(at, stop) & ~_words[word];
            if (added != 0)
            {
                _words[word] |= added;
                Count += BitOperations.PopCount(added);
                news.Reach(word);
                news.Count += BitOperations.PopCount(added & ~news._words[word]);
                news._words[word] |= added;
            }

            at = stop;
        }
    }

    public void Remove(PieceRange range)
    {
        for (int at = (int)range.First, end = (int)Math.Min(range.End, (long)_words.Length << 6); at < end;)
        {
            int stop = Math.Min(end, (at | 63) + 1);
            ulong mask = Mask(at, stop);
            Count -= BitOperations.PopCount(mask & _words[at >> 6]);
            _words[at >> 6] &= ~mask;
            at = stop;
        }
    }

    /// <summary>Finds the first number from <paramref name="from"/> on that is in both sets.</summary>
    /// <returns>-1 if there is none.</returns>
    public int NextIn(PieceSet other, int from)
    {
        int length = Math.Min(_words.Length, other._words.Length);
        for (int at = from >> 6; at < length; at++)
        {
            ulong both = _words[at] & other._words[at];
            if (at == from >> 6) both &= ulong.MaxValue << from;
            if (both != 0) return (at << 6) + BitOperations.TrailingZeroCount(both);
        }

        return -1;
    }

    /// <summary>Finds the first number from <paramref name="from"/> on that is in this set and not in the other.</summary>
    /// <returns>-1 if there is none.</returns>
    public int NextNotIn(PieceSet other, int from)
    {
        for (int at = from >> 6; at < _words.Length; at++)
        {
            ulong left = _words[at] & (at < other._words.Length ? ~other._words[at] : ulong.MaxValue);
            if (at == from >> 6) left &= ulong.MaxValue << from;
            if (left != 0) return (at << 6) + BitOperations.TrailingZeroCount(left);
        }

        return -1;
    }

    /// <summary>Returns the members as the fewest possible ranges.</summary>
    public IReadOnlyList<PieceRange> ToRanges()
    {
        var ranges = new List<PieceRange>();
        for (int at = 0; at < _words.Length; at++)
        {
            ulong word = _words[at];
            for (int bit = 0; word != 0;)
            {
                int gap = BitOperations.TrailingZeroCount(word);
                bit += gap;
                word >>= gap;
                int run = BitOperations.TrailingZeroCount(~word);
                Append(ranges, (at << 6) + bit, run);
                bit += run;
                word = run == 64 ? 0 : word >> run;
            }
        }

        return ranges;
    }

    private static void Append(List<PieceRange> ranges, int first, int count)
    {
        if (ranges.Count > 0 && ranges[^1].End == first) ranges[^1] = ranges[^1] with { Count = ranges[^1].Count + count };
        else ranges.Add(new PieceRange(first, count));
    }

    private static ulong Mask(int from, int end)
    {
        int length = end - from;
        return (length == 64 ? ulong.MaxValue : (1UL << length) - 1) << from;
    }

    private void Reach(int word)
    {
        if (word >= _words.Length) Array.Resize(ref _words, Math.Max(word + 1, _words.Length * 2));
    }
}
