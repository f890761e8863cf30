using System.Text;
using TreePush.Core.Hosts;
using TreePush.Testing;

namespace TreePush.Core.Tests.Hosts;

public sealed class QuotingForShells
{
    private static readonly string[] Nasty =
    [
        "", "plain", " ", "  two  spaces  ", "'", "''", "it's", "'\"'\"'", "\"", "$(echo hacked)", "`echo hacked`", "${HOME}", "$n", "$", "\\", "\\n", "\\\\",
        "a\\", "a;b", "a && b", "| cat", "> /dev/null", "#comment", "~", "*", "[a-z]*", "!", "!!", "{a,b}", "-n", "-e", "a\nb", "\n", "\n\n\n", "a\n", "\na",
        "'\n'", "a\r", "\r\n", "a\r\n", "\t", "a\tb\t", "\u0001\u0002\u007f", "\u001b[31m", "grüße", "日本", "🌳", "\u0081\u0088", "ȁ", "\uFEFF", "\u00A0",
    ];

    [Theory]
    [InlineData("", "''")]
    [InlineData("a b", "'a b'")]
    [InlineData("it's", @"'it'\''s'")]
    [InlineData("a\nb", "'a'\"$n\"'b'")]
    public void Text_is_put_between_single_quotes(string text, string expected) => ShellWord.Quote(text).Should().Be(expected);

    [Fact]
    public void Text_with_NUL_is_refused() =>
        ((Action)(() => ShellWord.Quote("a\0b"))).Should().Throw<ArgumentException>().WithMessage("*NUL*");

    [Fact]
    public void Quoted_text_is_one_line() => ShellWord.Quote("a\nb\r\nc\n").Should().NotContain("\n");

    [FactWith("dash")]
    public void Dash_gives_every_value_back_byte_for_byte() => GivesBack(Shell.Dash);

    [FactWith("bash")]
    public void Bash_as_a_POSIX_shell_gives_every_value_back_byte_for_byte() => GivesBack(Shell.Bash);

    [FactWith("busybox")]
    public void Busybox_gives_every_value_back_byte_for_byte() => GivesBack(Shell.Busybox);

    private static void GivesBack(Shell shell)
    {
        var seeded = Enumerable.Range(1, 300).Select(seed => HostileText.Value(new Random(seed), 60));
        string[] values = [.. Nasty, .. seeded];

        // One script for all: each value is exported, as in a transfer, and printed by a program, with a NUL after it.
        var script = new StringBuilder(ShellWord.SetNewline);
        foreach (string value in values)
            script.Append("; v=").Append(ShellWord.Quote(value)).Append("; export v; printf '%s\\0' \"$v\"");
        byte[] output = shell.Evaluate(Encoding.UTF8.GetBytes(script.Append('\n').ToString()));

        string[] printed = Encoding.UTF8.GetString(output).Split('\0')[..^1];
        printed.Should().Equal(values);
        output.Should().Equal(values.SelectMany(v => Encoding.UTF8.GetBytes(v + "\0")));
    }
}
