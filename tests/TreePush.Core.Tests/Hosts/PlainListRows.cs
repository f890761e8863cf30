using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class PlainListRows
{
    [Fact]
    public void Fields_are_split_on_white_space() =>
        Rows("web1 22\troot").Should().Equal("1: web1@1 22@6 root@9");

    [Fact]
    public void Column_counts_the_white_space_before_a_field() =>
        Rows("  web1   22").Should().Equal("1: web1@3 22@10");

    [Fact]
    public void Comments_and_blank_lines_are_skipped_but_counted() =>
        Rows("# all hosts\n\n  \t\n  # indented\nweb1\n").Should().Equal("5: web1@1");

    [Fact]
    public void Number_sign_inside_a_row_is_text() =>
        Rows("web1 #2").Should().Equal("1: web1@1 #2@6");

    [Theory]
    [InlineData("web1\nweb2")]
    [InlineData("web1\r\nweb2\r\n")]
    [InlineData("\uFEFFweb1\nweb2\n")]
    [InlineData("\uFEFFweb1\r\n\tweb2\r\n\r\n")]
    public void Byte_order_mark_and_kind_of_line_end_do_not_matter(string text) =>
        WhitespaceRows.Split(text).Select(r => r.Fields[0].Text).Should().Equal("web1", "web2");

    [Fact]
    public void Byte_order_mark_has_no_column() => Rows("\uFEFFweb1 22").Should().Equal("1: web1@1 22@6");

    [Fact]
    public void Comment_after_a_byte_order_mark_is_skipped() => Rows("\uFEFF# hosts\nweb1").Should().Equal("2: web1@1");

    [Fact]
    public void Row_keeps_its_text_as_it_stood() =>
        WhitespaceRows.Split("  web1   22  \r\n").Single().Text.Should().Be("web1   22");

    [Fact]
    public void Empty_text_has_no_rows() => Rows("").Should().BeEmpty();

    private static IEnumerable<string> Rows(string text) =>
        WhitespaceRows.Split(text).Select(r => $"{r.Line}: " + string.Join(' ', r.Fields.Select(f => $"{f.Text}@{f.Column}")));
}
