using System.Text;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

public sealed class NumbersAndText
{
    [Theory]
    [InlineData(0UL, "00")]
    [InlineData(1UL, "01")]
    [InlineData(127UL, "7f")]
    [InlineData(128UL, "8001")]
    [InlineData(300UL, "ac02")]
    [InlineData(16_384UL, "808001")]
    [InlineData((ulong)uint.MaxValue, "ffffffff0f")]
    [InlineData((ulong)long.MaxValue, "ffffffffffffffff7f")]
    [InlineData(ulong.MaxValue, "ffffffffffffffffff01")]
    public void Varint_is_seven_bits_a_byte_from_the_lowest(ulong value, string hex)
    {
        var writer = new WireWriter();
        writer.Varint(value);
        Convert.ToHexStringLower(writer.Written).Should().Be(hex);
        new WireReader(writer.Written).Varint().Should().Be(value);
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(-1, "01")]
    [InlineData(1, "02")]
    [InlineData(-64, "7f")]
    [InlineData(64, "8001")]
    [InlineData(long.MaxValue, "feffffffffffffffff01")]
    [InlineData(long.MinValue, "ffffffffffffffffff01")]
    public void Zigzag_keeps_small_numbers_of_either_sign_short(long value, string hex)
    {
        var writer = new WireWriter();
        writer.Zigzag(value);
        Convert.ToHexStringLower(writer.Written).Should().Be(hex);
        new WireReader(writer.Written).Zigzag().Should().Be(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("ffffffffffffffffff02")]
    [InlineData("ffffffffffffffffffff01")]
    public void What_is_no_varint_is_refused(string hex) => Reading(hex, r => r.Varint()).Should().Throw<WireException>();

    [Fact]
    public void Number_above_its_limit_is_refused()
    {
        Reading("05", r => r.Number(most: 5)).Should().NotThrow();
        Reading("06", r => r.Number(most: 5)).Should().Throw<WireException>().WithMessage("6 is more than the 5*");
        Reading("ffffffffffffffffff01", r => r.Number()).Should().Throw<WireException>();
        Reading("8080808008", r => r.Count()).Should().Throw<WireException>();
        Reading("02", r => r.Flag()).Should().Throw<WireException>();
        Reading("020000", r => r.Items(bytesOfEach: 2)).Should().Throw<WireException>();
    }

    [Fact]
    public void Fixed_numbers_are_big_endian_and_text_is_utf8_behind_its_length()
    {
        var writer = new WireWriter();
        writer.Fixed(0x01020304);
        writer.Text("é");
        writer.Flag(true);
        Convert.ToHexStringLower(writer.Written).Should().Be("01020304" + "02c3a9" + "01");
        var reader = new WireReader(writer.Written);
        (reader.Fixed(), reader.Text(), reader.Flag(), reader.IsAtEnd).Should().Be((0x01020304u, "é", true, true));
    }

    [Fact]
    public void Text_that_is_no_utf8_is_still_text()
    {
        byte[] bytes = [2, 0xC3, 0x28];
        new WireReader(bytes).Text().Should().Be(Encoding.UTF8.GetString(bytes.AsSpan(1)));
    }

    [Theory]
    [InlineData("05616263")]
    [InlineData("ffffffff07616263")]
    public void Bytes_longer_than_what_came_are_refused(string hex) => Reading(hex, r => r.Bytes().Length).Should().Throw<WireException>();

    private static Action Reading<T>(string hex, Func<WireReader, T> read) => () => read(new WireReader(Convert.FromHexString(hex)));
}
