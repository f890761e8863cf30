using TreePush.Core.Configs;

namespace TreePush.Core.Tests.Configs;

public class QuantityTests
{
    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("1.5h", 5400)]
    [InlineData("15m", 900)]
    [InlineData("2d", 172800)]
    [InlineData("300ms", 0.3)]
    public void A_time_is_a_number_with_a_unit_or_of_seconds(string text, double seconds)
    {
        Quantity.TryTime(text, out var time).Should().BeTrue();
        time.TotalSeconds.Should().BeApproximately(seconds, 1e-9);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1w")]
    [InlineData("s")]
    [InlineData("1 m")]
    [InlineData("1e3")]
    [InlineData("99999999999999")]
    public void What_is_no_time_is_refused(string text) => Quantity.TryTime(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("512", 512)]
    [InlineData("512B", 512)]
    [InlineData("64M", 67108864)]
    [InlineData("64MiB", 67108864)]
    [InlineData("64MB", 64000000)]
    [InlineData("1.5k", 1536)]
    [InlineData("1GB", 1e9)]
    [InlineData("2T", 2199023255552)]
    public void Sizes_mean_what_they_mean_to_rsync(string text, double expected)
    {
        Quantity.TryBytes(text, out double bytes).Should().BeTrue();
        bytes.Should().Be(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("M")]
    [InlineData("0")]
    [InlineData("1Q")]
    [InlineData("1MX")]
    [InlineData("1 parsec")]
    public void What_is_no_size_is_refused(string text) => Quantity.TryBytes(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("100Mbit", 12.5e6)]
    [InlineData("1gbit/s", 125e6)]
    [InlineData("800bit", 100)]
    [InlineData("100Mbps", 12.5e6)]
    [InlineData("100MBps", 100e6)]
    [InlineData("100MB/s", 100e6)]
    [InlineData("12M", 12582912)]
    public void Rates_count_bits_as_networks_do_and_bytes_as_disks_do(string text, double expected)
    {
        Quantity.TryRate(text, out double rate).Should().BeTrue();
        rate.Should().Be(expected);
    }

    [Theory]
    [InlineData("Mbit")]
    [InlineData("0bit")]
    [InlineData("5q")]
    [InlineData("/s")]
    public void What_is_no_rate_is_refused(string text) => Quantity.TryRate(text, out _).Should().BeFalse();

    [Theory]
    [InlineData("1%", 0.01)]
    [InlineData("0.25", 0.25)]
    [InlineData("100%", 1)]
    [InlineData("0", 0)]
    public void A_share_is_a_percentage_or_a_fraction(string text, double expected)
    {
        Quantity.TryShare(text, out double share).Should().BeTrue();
        share.Should().BeApproximately(expected, 1e-12);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("101%")]
    [InlineData("%")]
    [InlineData("-1%")]
    public void What_could_be_all_or_a_hundredth_is_refused_as_a_share(string text) => Quantity.TryShare(text, out _).Should().BeFalse();
}
