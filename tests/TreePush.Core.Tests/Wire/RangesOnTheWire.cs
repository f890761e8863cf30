using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

public sealed class RangesOnTheWire
{
    [Fact]
    public void Ranges_travel_as_gaps_and_lengths()
    {
        var writer = new WireWriter();
        PieceRange.Write(writer, [new PieceRange(5, 2), new PieceRange(7, 1), new PieceRange(300, 1)]);
        Convert.ToHexStringLower(writer.Written).Should().Be("03" + "0502" + "0001" + "a40201");
    }

    [Fact]
    public void Ranges_that_were_written_are_read_as_they_were()
    {
        for (int seed = 1; seed <= 500; seed++)
        {
            var ranges = new AnyMessage(new Random(seed)).Ranges();
            var writer = new WireWriter();
            PieceRange.Write(writer, ranges);
            var reader = new WireReader(writer.Written);
            PieceRange.Read(ref reader).Should().Equal(ranges, "of seed {0}", seed);
            reader.IsAtEnd.Should().BeTrue();
        }
    }

    [Theory]
    [InlineData(PieceRange.MostPieces - 1, 1, true)]
    [InlineData(0, PieceRange.MostPieces, true)]
    [InlineData(PieceRange.MostPieces, 1, false)]
    [InlineData(1, PieceRange.MostPieces, false)]
    [InlineData(0, 0, false)]
    public void No_range_is_empty_or_ends_behind_the_last_piece_there_can_be(long first, long count, bool valid)
    {
        var writer = new WireWriter();
        PieceRange.Write(writer, [new PieceRange(first, count)]);
        var reading = FluentActions.Invoking(() =>
        {
            var reader = new WireReader(writer.Written);
            PieceRange.Read(ref reader);
        });
        if (valid) reading.Should().NotThrow();
        else reading.Should().Throw<WireException>();
    }
}
