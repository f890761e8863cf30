using TreePush.Core.Manifests;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Manifests;

/// <summary>The set does what a plain one does, whatever comes in whatever order.</summary>
public sealed class SetsOfPieces
{
    private const int Most = 300;

    [Fact]
    public void Set_holds_what_a_plain_one_holds()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            var (set, plain) = (new PieceSet(), new SortedSet<int>());
            for (int step = 0; step < 60; step++)
            {
                Change(random, set, plain);
                (set.Count, set.IsEmpty).Should().Be((plain.Count, plain.Count == 0), "of seed {0}", seed);
            }

            var some = new PieceRange(random.Next(Most), random.Next(100));
            set.ContainsAll(some).Should().Be(Enumerable.Range((int)some.First, (int)some.Count).All(plain.Contains), "of seed {0}", seed);
            Enumerable.Range(0, Most + 100).Where(set.Contains).Should().Equal(plain, "of seed {0}", seed);
            set.ToRanges().SelectMany(r => Enumerable.Range((int)r.First, (int)r.Count)).Should().Equal(plain, "of seed {0}", seed);
            set.ToRanges().Zip(set.ToRanges().Skip(1)).Should().NotContain(p => p.First.End >= p.Second.First, "ranges are as few as can be");
        }
    }

    [Fact]
    public void Next_is_found_as_a_plain_search_finds_it()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            var (set, other) = (Any(random), Any(random));
            for (int from = 0; from < Most + 70; from++)
            {
                var rest = Enumerable.Range(from, Most).Where(set.Contains).ToList();
                set.NextIn(other, from).Should().Be(rest.Where(other.Contains).DefaultIfEmpty(-1).First(), "from {0} of seed {1}", from, seed);
                set.NextNotIn(other, from).Should().Be(rest.Where(n => !other.Contains(n)).DefaultIfEmpty(-1).First(), "from {0} of seed {1}", from, seed);
            }
        }
    }

    private static PieceSet Any(Random random)
    {
        var set = new PieceSet();
        for (int i = random.Next(20); i > 0; i--) set.Add(new PieceRange(random.Next(Most - 70), random.Next(70)));
        return set;
    }

    private static void Change(Random random, PieceSet set, SortedSet<int> plain)
    {
        int number = random.Next(Most);
        var range = new PieceRange(number, random.Next(200));
        var numbers = Enumerable.Range(number, (int)range.Count);
        switch (random.Next(5))
        {
            case 0: set.Add(number).Should().Be(plain.Add(number)); break;
            case 1: set.Remove(number).Should().Be(plain.Remove(number)); break;
            case 2 when range.End <= Most: set.Add(range); plain.UnionWith(numbers); break;
            case 3: set.Remove(range); plain.ExceptWith(numbers); break;
            case 4 when range.End <= Most:
                var news = new PieceSet();
                set.Add(range, news);
                news.ToRanges().SelectMany(r => Enumerable.Range((int)r.First, (int)r.Count)).Should().Equal(numbers.Except(plain));
                plain.UnionWith(numbers);
                break;
        }
    }
}
