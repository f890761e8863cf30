using System.Text;
using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class TextForDisplay
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("grüße, 日本, 🌳", "grüße, 日本, 🌳")]
    [InlineData("\u001b[31mred\u001b[0m", @"\x1b[31mred\x1b[0m")]
    [InlineData("\u001b]0;title\a", @"\x1b]0;title\x07")]
    [InlineData("a\r\nb", @"a\x0d\x0ab")]
    [InlineData("a\tb", "a b")]
    [InlineData("\u009b31m", @"\x9b31m")]
    [InlineData("\u202Eexe.txt", @"\x202eexe.txt")]
    [InlineData("a\u2066b\u200Fc", @"a\x2066b\x200fc")]
    [InlineData("a\u2028b\u2029c", @"a\x2028b\x2029c")]
    [InlineData("a\0b\u007f", @"a\x00b\x7f")]
    [InlineData("\uE000", @"\xe000")]
    public void Characters_that_steer_a_terminal_become_visible(string text, string expected) =>
        DisplayText.Line(text).Should().Be(expected);

    [Fact]
    public void Lone_surrogate_becomes_the_replacement_character() => DisplayText.Line("a\ud800b").Should().Be("a\ufffdb");

    [Fact]
    public void Tag_characters_beyond_the_first_plane_become_visible() => DisplayText.Line("a\U000E0041b").Should().Be(@"a\xe0041b");

    [Fact]
    public void Long_text_is_cut_and_says_so() => DisplayText.Line(new string('x', 1000), 10).Should().Be(new string('x', 10) + "…");

    [Fact]
    public void Text_as_long_as_the_limit_is_kept() => DisplayText.Line(new string('x', 10), 10).Should().Be(new string('x', 10));

    [Fact]
    public void Text_of_escapes_is_cut_at_the_limit_too() =>
        DisplayText.Line(new string('\u001b', 1000), 10).Should().Be(@"\x1b\x1b…");

    [Fact]
    public void Cut_never_splits_a_character() => DisplayText.Line("🌳🌳🌳🌳", 3).Should().Be("🌳…");

    [Fact]
    public void Whatever_the_text_the_line_is_short_and_harmless()
    {
        for (int seed = 1; seed <= 2000; seed++)
        {
            var random = new Random(seed);
            string line = DisplayText.Line(HostileText.Any(random, 80), 40);
            line.Length.Should().BeLessThanOrEqualTo(41, "seed {0}", seed);
            line.EnumerateRunes().Should().NotContain(r => Rune.IsControl(r), "seed {0}", seed);
            DisplayText.Line(line, 50).Should().Be(line, "seed {0}", seed);
        }
    }
}
