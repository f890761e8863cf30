using System.Text;
using TreePush.Engine.Dispatching.Arrivals;

namespace TreePush.Engine.Tests.Dispatching.Arrivals;

public sealed class LineReaderTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("\n", true, "")]
    [InlineData("a\nb\n", true, "a", "b")]
    [InlineData("a\n\nb", false, "a", "", "b")]
    public void Lines_are_read_without_their_ends(string text, bool endsInNewline, params string[] lines)
    {
        var (read, complete) = Read(text);
        read.Should().Equal(lines);
        complete.Should().Be(endsInNewline);
    }

    [Fact]
    public void Lines_may_be_of_any_length()
    {
        string[] lines = [.. Enumerable.Range(0, 40).Select(i => new string('x', i * 5000))];
        Read(string.Concat(lines.Select(l => l + "\n"))).Lines.Should().Equal(lines);
    }

    private static (List<string> Lines, bool EndsInNewline) Read(string text)
    {
        var reader = new LineReader(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        var lines = new List<string>();
        while (reader.TryRead(out var line)) lines.Add(Encoding.UTF8.GetString(line));
        return (lines, reader.EndsInNewline);
    }
}
