using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class HostRanges
{
    [Theory]
    [InlineData("web1", "web1")]
    [InlineData("web1,web2", "web1 web2")]
    [InlineData(" web1 , web2 ", "web1 web2")]
    [InlineData("web[1-3]", "web1 web2 web3")]
    [InlineData("web[1,3-4]", "web1 web3 web4")]
    [InlineData("web[1, 3 ]", "web1 web3")]
    [InlineData("web[7]", "web7")]
    [InlineData("n[999999998-999999999]", "n999999998 n999999999")]
    [InlineData("web[09-11].example", "web09 web10 web11|.example")]
    [InlineData("web[007-9]", "web007 web008 web009")]
    [InlineData("web[98-101]", "web98 web99 web100 web101")]
    [InlineData("10.0.0.[1-2,12]", "10.0.0.1 10.0.0.2 10.0.0.12")]
    [InlineData("r[1-2]n[1-2]", "r1n1 r1n2 r2n1 r2n2")]
    [InlineData("[1-2]a", "1a 2a")]
    [InlineData("root@[fe80::1]:22", "root@[fe80::1]:22")]
    [InlineData("[fe80::1]:[1-2]", "[fe80::1]:1 [fe80::1]:2")]
    [InlineData("web[3,1]", "web3 web1")]
    public void Brackets_stand_for_each_of_their_numbers(string text, string expected)
    {
        string[] parts = expected.Split('|');
        HostRange.Expand(text).Should().Equal(parts[0].Split(' ').Select(n => n + (parts.Length > 1 ? parts[1] : "")));
    }

    [Theory]
    [InlineData("", "empty item")]
    [InlineData("web1,,web2", "empty item")]
    [InlineData("web1,", "empty item")]
    [InlineData("web[1-3", "the brackets in 'web[1-3' do not match")]
    [InlineData("web1-3]", "the brackets in 'web1-3]' do not match")]
    [InlineData("web[[1]]", "the brackets in 'web[[1]]' do not match")]
    [InlineData("web[]", "'' is not a number")]
    [InlineData("web[a-b]", "'a-b' is not a number or a range")]
    [InlineData("web[1-2-3]", "'1-2-3' is not a number or a range")]
    [InlineData("web[1-]", "'1-' is not a number or a range")]
    [InlineData("web[-1]", "'-1' is not a number or a range")]
    [InlineData("web[5,9-3]", "the range '9-3' runs backwards")]
    [InlineData("web[1-1000001]", "the range '1-1000001' stands for more than 1000000 hosts")]
    [InlineData("web[1-9999999999]", "'1-9999999999' is not a number or a range")]
    [InlineData("web[1-9999][1-9999]", "'web[1-9999][1-9999]' stands for more than 1000000 hosts")]
    [InlineData("web[1-600000],db[1-600000]", "'1-600000' stands for more than 1000000 hosts")]
    public void Faulty_range_is_refused_with_its_faulty_part(string text, string message) =>
        ((Action)(() => HostRange.Expand(text))).Should().Throw<FormatException>().WithMessage($"*{message}*");

    [Fact]
    public void Many_large_ranges_in_one_bracket_are_refused_before_they_fill_the_memory()
    {
        string text = "web[" + string.Join(',', Enumerable.Repeat("1-999999", 20)) + "]";
        long before = GC.GetAllocatedBytesForCurrentThread();
        ((Action)(() => HostRange.Expand(text))).Should().Throw<FormatException>();
        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(150_000_000);
    }

    [Fact]
    public void Range_of_the_largest_size_is_expanded() => HostRange.Expand("n[1-1000000]").Should().HaveCount(HostRange.MostNames);

    [Theory]
    [InlineData("web1 web2 web3", "web[1-3]")]
    [InlineData("web3 web1 web2 web1", "web[1-3]")]
    [InlineData("web1 web2 web9", "web[1-2,9]")]
    [InlineData("web09 web10 web11", "web[09-11]")]
    [InlineData("web9 web10", "web[9-10]")]
    [InlineData("web1 web01", "web1,web01")]
    [InlineData("web1 db", "db,web1")]
    [InlineData("web1:2201 web2:2201", "web[1-2]:2201")]
    [InlineData("10.0.0.1 10.0.0.2 10.0.1.1", "10.0.0.[1-2],10.0.1.1")]
    [InlineData("fe80::1 fe80::2", "fe80::1,fe80::2")]
    [InlineData("fe80::1 fe81::1", "fe80::1,fe81::1")]
    [InlineData("n123456788 n123456789", "n[123456788-123456789]")]
    [InlineData("[fe80::1]:22 [fe80::2]:22", "[fe80::1]:22,[fe80::2]:22")]
    [InlineData("n1234567890", "n1234567890")]
    public void Numbers_at_the_end_of_names_are_folded_into_ranges(string names, string expected) =>
        HostRange.Fold(names.Split(' ')).Should().Be(expected);

    [Fact]
    public void Folding_nothing_gives_nothing() => HostRange.Fold([]).Should().BeEmpty();
}
