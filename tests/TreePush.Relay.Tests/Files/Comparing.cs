using TreePush.Core.Manifests;
using TreePush.Relay.Files;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Tests.Files;

public sealed class Comparing : IDisposable
{
    [Theory]
    [InlineData(10_413_792_000, 5, 9_223_372_035, 0)]
    [InlineData(long.MaxValue, 0, 9_223_372_035, 0)]
    [InlineData(9_223_372_035, 999_999_999, 9_223_372_035, 999_999_999)]
    [InlineData(-11_676_096_000, 5, -9_223_372_036, 0)]
    [InlineData(-9_223_372_036, 1, -9_223_372_036, 1)]
    public void Time_that_no_nanoseconds_since_1970_can_tell_is_taken_for_the_nearest_that_they_can(long seconds, uint ns, long takenSeconds, long takenNs)
    {
        var status = new FileStatus(new StatxBuffer { ModifiedSeconds = seconds, ModifiedNs = ns, ChangedSeconds = seconds });
        status.ModifiedNs.Should().Be((takenSeconds * 1_000_000_000) + takenNs);
        status.ChangedNs.Should().Be(takenSeconds * 1_000_000_000);
    }

    [Fact]
    public void Time_after_2262_is_brought_as_2262_and_found_equal()
    {
        _place.Write("source/f", "text");
        Machine.Shell("touch -d '2300-01-01 UTC' \"$1/f\"", _place.Source);
        var entry = _place.Scan().Entries[1];
        var target = _place.OpenTarget();
        target.WriteWhole(entry, "text"u8);
        Machine.Shell("stat -c %Y \"$1/f\"", _place.Target).Trim().Should().Be("9223372035");
        target.Compare(entry).Lack.Should().Be(Lack.Nothing);
    }

    private readonly Workplace _place = new();

    [Fact]
    public void Size_and_time_decide_about_content_and_mode_about_the_rest()
    {
        var target = _place.OpenTarget();
        target.Put("f", "1234");
        var entry = Entries.File("f", "1234");
        target.Compare(entry).Should().Be(new Comparison(Lack.Nothing, HasCandidate: true));
        target.Compare(entry with { Mode = 0 }).Should().Be(new Comparison(Lack.Metadata, HasCandidate: true));
        target.Compare(entry with { ModifiedNs = Entries.Time + 1 }).Should().Be(new Comparison(Lack.Content, HasCandidate: true));
        target.Compare(entry with { Size = 5 }).Should().Be(new Comparison(Lack.Content));
        target.Compare(Entries.File("g")).Should().Be(Comparison.Missing);
        target.Compare(Entries.File("f/g")).Should().Be(Comparison.Missing);
    }

    [Fact]
    public void Links_are_compared_by_what_they_say()
    {
        var target = _place.OpenTarget();
        target.MakeSymlink(Entries.Link("l", "there"));
        target.Compare(Entries.Link("l", "there")).Lack.Should().Be(Lack.Nothing);
        target.Compare(Entries.Link("l", "there") with { ModifiedNs = 0 }).Lack.Should().Be(Lack.Metadata);
        target.Compare(Entries.Link("l", "elsewhere")).Lack.Should().Be(Lack.Content);
        target.Compare(Entries.File("l")).Lack.Should().Be(Lack.Content);
        target.MakeSymlink(Entries.Link("l", "elsewhere"));
        target.Compare(Entries.Link("l", "elsewhere")).Lack.Should().Be(Lack.Nothing);
    }

    [Fact]
    public void Metadata_alone_can_be_put_right()
    {
        var target = _place.OpenTarget();
        target.Put("f", "1234");
        target.MakeSymlink(Entries.Link("l", "f"));
        var entry = Entries.File("f", "1234", mode: 0b110_000_000);
        var link = Entries.Link("l", "f") with { ModifiedNs = -1 };
        target.ApplyMetadata(entry);
        target.ApplyMetadata(link);
        target.Compare(entry).Lack.Should().Be(Lack.Nothing);
        target.Compare(link).Lack.Should().Be(Lack.Nothing);
        ((Action)(() => target.ApplyMetadata(Entries.File("g")))).Fault().Kind.Should().Be(FileFaultKind.Missing);
    }

    [Theory]
    [InlineData(1_600_000_000_123_456_789, 1_600_000_000_123_456_789, 5, true)]
    [InlineData(1_600_000_000_123_456_789, 1_600_000_000_123_456_788, 5, false)]
    [InlineData(1_600_000_000_123_456_789, 1_600_000_000_123_456_700, 7_000_000_000_123_456_700, true)]
    [InlineData(1_600_000_000_123_456_789, 1_600_000_000_123_456_000, 7_000_000_000_123_456_000, true)]
    [InlineData(1_600_000_000_123_456_789, 1_600_000_000_123_455_000, 7_000_000_000_123_456_000, false)]
    [InlineData(1_600_000_001_123_456_789, 1_600_000_001_000_000_000, 7_000_000_001_000_000_000, true)]
    [InlineData(1_600_000_001_123_456_789, 1_600_000_000_000_000_000, 7_000_000_001_000_000_000, false)]
    [InlineData(1_600_000_001_123_456_789, 1_600_000_000_000_000_000, 7_000_000_001_120_000_000, true)]
    [InlineData(-1_500_000_000, -2_000_000_000, 7_000_000_001_000_000_000, true)]
    public void Times_are_compared_as_finely_as_the_file_system_keeps_them(long wanted, long modified, long changed, bool equal)
    {
        var (modifiedAt, changedAt) = (TimeSpec.OfNs(modified), TimeSpec.OfNs(changed));
        var status = new FileStatus(new StatxBuffer
        {
            ModifiedSeconds = modifiedAt.Seconds,
            ModifiedNs = (uint)modifiedAt.Nanoseconds,
            ChangedSeconds = changedAt.Seconds,
            ChangedNs = (uint)changedAt.Nanoseconds,
        });
        TimeGranularity.AreEqual(wanted, status).Should().Be(equal);
    }

    [FactAsRoot]
    public void Owners_go_by_name_and_else_by_number()
    {
        var target = _place.OpenTarget();
        var named = Entries.File("named", "1", mode: 0b100_111_101_101) with { Owner = new EntryOwner(12345, 12346, "nobody", null) };
        target.WriteWhole(named, "1"u8);
        target.MakeSymlink(Entries.Link("l", "x") with { Owner = new EntryOwner(12345, 12346, "no such user", "no such group") });
        target.Compare(named).Lack.Should().Be(Lack.Nothing);
        Machine.Shell("cd \"$1\"; stat -c '%u %g %a' named l", _place.Target).Should().Be("65534 12346 4755\n12345 12346 777\n");
        target.Compare(named with { Owner = new EntryOwner(1, 1, null, null) }).Lack.Should().Be(Lack.Metadata);
    }

    [Fact]
    public void Long_names_get_temporaries_that_fit()
    {
        byte[] room = new byte[PartialName.Room];
        PartialName.Of("f"u8, room).SequenceEqual(".f.treepush-part"u8).Should().BeTrue();
        byte[] longName = [.. Enumerable.Repeat((byte)'n', 255)];
        var name = PartialName.Of(longName, room);
        (name.Length, PartialName.Is(name)).Should().Be((1 + 16 + 14, true));
        PartialName.Of(longName.AsSpan(0, 240), room).Length.Should().Be(255);
        PartialName.Of(longName.AsSpan(0, 241), room).Length.Should().Be(31);
    }

    public void Dispose() => _place.Dispose();
}
