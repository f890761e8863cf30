using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class HostRangeRoundTrips
{
    private static readonly string[] Heads = ["", "web", "web1-", "10.0.0.", "root@n", "r2n0"];
    private static readonly string[] Tails = ["", ".example", ".rack7.example", ":2201", "-b"];

    [Fact]
    public void Expanding_what_was_folded_gives_the_names_back()
    {
        for (int seed = 1; seed <= 2000; seed++)
        {
            var names = Names(new Random(seed));
            string folded = HostRange.Fold(names);
            HostRange.Expand(folded).Order().Should().Equal(names.Distinct().Order(), "seed {0} folded to {1}", seed, folded);
        }
    }

    [Fact]
    public void Folding_is_the_same_in_whatever_order_the_names_come()
    {
        for (int seed = 1; seed <= 500; seed++)
        {
            var random = new Random(seed);
            var names = Names(random);
            string folded = HostRange.Fold(names);
            random.Shuffle(names);
            HostRange.Fold(names).Should().Be(folded, "seed {0}", seed);
        }
    }

    /// <summary>Names that share heads and tails, with numbers close together, some of them padded to a width.</summary>
    private static string[] Names(Random random) => Enumerable.Range(0, random.Next(1, 40)).Select(_ =>
    {
        string number = random.Next(10) == 0 ? "" : random.Next(random.Next(2) == 0 ? 15 : 1200).ToString($"D{random.Next(1, 5)}");
        string name = Heads[random.Next(Heads.Length)] + number + Tails[random.Next(Tails.Length)];
        return random.Next(20) == 0 ? $"[fe80::{random.Next(20)}]:{random.Next(1, 30)}" : name.Length == 0 ? "x" : name;
    }).ToArray();
}
