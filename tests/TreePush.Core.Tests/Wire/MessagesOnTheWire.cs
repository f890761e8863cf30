using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

public sealed class MessagesOnTheWire
{
    [Fact]
    public void Control_message_that_was_written_is_read_as_it_was()
    {
        for (int seed = 1; seed <= 300; seed++)
            foreach (var message in new AnyMessage(new Random(seed)).Control())
            {
                var writer = new WireWriter();
                var type = ControlCodec.Write(writer, message);
                AnyMessage.Show(ControlCodec.Read(type, writer.Written)).Should().Be(AnyMessage.Show(message), "of seed {0}", seed);
            }
    }

    [Fact]
    public void Link_message_that_was_written_is_read_as_it_was()
    {
        for (int seed = 1; seed <= 300; seed++)
            foreach (var message in new AnyMessage(new Random(seed)).Link())
            {
                var writer = new WireWriter();
                var type = LinkCodec.Write(writer, message);
                AnyMessage.Show(LinkCodec.Read(type, writer.Written)).Should().Be(AnyMessage.Show(message), "of seed {0}", seed);
            }
    }

    [Fact]
    public void Every_type_of_frame_is_read_by_one_codec_or_holds_ledger_or_piece()
    {
        var messages = new AnyMessage(new Random(1));
        var written = messages.Control().Select(m => ControlCodec.Write(new WireWriter(), m))
            .Concat(messages.Link().Select(m => LinkCodec.Write(new WireWriter(), m)));
        written.Concat([FrameType.Ledger, FrameType.Piece]).Distinct().Order().Should().Equal(Enum.GetValues<FrameType>());
    }

    [Fact]
    public void Byte_more_or_less_makes_it_none()
    {
        foreach (var message in new AnyMessage(new Random(1)).Control())
        {
            var writer = new WireWriter();
            var type = ControlCodec.Write(writer, message);
            byte[] longer = [.. writer.Written, 0];
            FluentActions.Invoking(() => ControlCodec.Read(type, longer)).Should().Throw<WireException>("{0} has its end", type);
            if (longer.Length > 1) FluentActions.Invoking(() => ControlCodec.Read(type, longer.AsSpan(..^2))).Should().Throw<WireException>("{0} was cut", type);
        }
    }

    [Fact]
    public void Other_version_is_refused_by_name()
    {
        var writer = new WireWriter();
        writer.Varint(2);
        byte[] payload = [.. writer.Written, .. new byte[500]];
        FluentActions.Invoking(() => ControlCodec.Read(FrameType.Start, payload)).Should().Throw<WireException>().WithMessage("*version 2*version 1*");
    }

    [Fact]
    public void Start_that_would_keep_a_relay_busy_with_nothing_is_refused()
    {
        var start = new ControlMessage.Start(default, new byte[16], "", new byte[32]);
        FluentActions.Invoking(() => Pass(start with { Options = new RelayOptions { ProgressEvery = 0 } })).Should().Throw<WireException>();
        FluentActions.Invoking(() => Pass(start with { Options = new RelayOptions { FirstPort = 2, LastPort = 1 } })).Should().Throw<WireException>();
    }

    private static ControlMessage Pass(ControlMessage message)
    {
        var writer = new WireWriter();
        return ControlCodec.Read(ControlCodec.Write(writer, message), writer.Written);
    }
}
