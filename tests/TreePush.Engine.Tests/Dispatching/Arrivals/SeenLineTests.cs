using System.Buffers;
using System.Text;
using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;
using TreePush.Engine.Dispatching.Arrivals;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

public sealed class SeenLineTests
{
    private static readonly FileVersion Version = new(long.MaxValue, -1, 0);

    private static readonly SeenLine[] Samples =
    [
        SeenLine.Baseline, SeenLine.OfRoot("259:2"), Of("a.zip", Version), Of("d/e/a", new FileVersion(0, 0, 0)), Of("a", null), Of("new\nline \"quoted\\\" \u2028 é", Version),
        new(RelativePath.Of([0xff, (byte)'/', 0xfe]), Version, null, false), new(RelativePath.Of([0xff]), null, null, false),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Samples.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void What_was_written_is_read_again(int sample)
    {
        byte[] text = Write(Samples[sample]);
        text.AsSpan().IndexOf((byte)'\n').Should().Be(text.Length - 1);
        SeenLine.TryRead(text.AsSpan(..^1), out var line).Should().BeTrue();
        line.Should().Be(Samples[sample]);
    }

    [Fact]
    public void A_line_is_readable() =>
        Encoding.UTF8.GetString(Write(Of("d/a.zip", new FileVersion(5, 7, 0)))).Should().Be("{\"path\":\"d/a.zip\",\"size\":5,\"mtime\":7}\n");

    [Fact]
    public void No_line_cut_short_or_changed_anywhere_is_an_error()
    {
        var random = new Random(4711);
        foreach (byte[] text in Samples.Select(Write))
            for (int cut = 0; cut < text.Length - 1; cut++)
            {
                SeenLine.TryRead(text.AsSpan(..cut), out _).Should().BeFalse();
                for (int i = 0; i < 20; i++)
                {
                    byte[] changed = [.. text];
                    changed[cut] = (byte)random.Next(256);
                    FluentActions.Invoking(() => SeenLine.TryRead(changed, out _)).Should().NotThrow();
                }
            }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"path":"../a","size":1,"mtime":1}""")]
    [InlineData("""{"path":"/a","size":1,"mtime":1}""")]
    [InlineData("""{"path":"","size":1,"mtime":1}""")]
    [InlineData("""{"path":"a","size":1}""")]
    [InlineData("""{"path":"a","size":"1","mtime":1}""")]
    [InlineData("""{"path":"a","size":1,"mtime":1}{}""")]
    [InlineData("""{"hex":true,"path":"zz","size":1,"mtime":1}""")]
    public void A_line_that_says_nothing_is_none(string text) => SeenLine.TryRead(Encoding.UTF8.GetBytes(text), out _).Should().BeFalse();

    [Fact]
    public void What_a_later_version_adds_is_passed_over() =>
        SeenLine.TryRead("""{"path":"a","id":{"x":[1]},"size":1,"mtime":1}"""u8, out _).Should().BeTrue();

    private static SeenLine Of(string path, FileVersion? version) => new(RelativePath.Of(path), version, null, false);

    private static byte[] Write(SeenLine line)
    {
        var output = new ArrayBufferWriter<byte>();
        line.Write(output);
        return output.WrittenSpan.ToArray();
    }
}
