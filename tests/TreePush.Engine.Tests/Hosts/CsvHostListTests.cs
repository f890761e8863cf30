using TreePush.Core.Hosts;
using TreePush.Engine.Hosts;

namespace TreePush.Engine.Tests.Hosts;

public sealed class CsvHostListTests : IDisposable
{
    private readonly Temporary _temporary = new();

    [Fact]
    public async Task A_header_names_the_fields()
    {
        var host = (await ReadAsync("User,note,HOST,port\njoe,\"a, \"\"b\"\"\nc\",web1,2222\n")).List.Hosts.Single();
        (host.Address, host.Port, host.User).Should().Be(("web1", 2222, "joe"));
        host.Variables.Should().Equal(new Dictionary<string, string> { ["NOTE"] = "a, \"b\"\nc" });
    }

    [Fact]
    public async Task Without_a_header_the_fields_are_the_usual_ones()
    {
        var read = await ReadAsync("web1,2222,joe\nweb2,,\nweb3\n");
        read.List.Hosts.Select(h => (h.Address, h.Port, h.User)).Should().Equal(("web1", 2222, "joe"), ("web2", 22, null), ("web3", 22, null));
        read.Format.Header.Should().BeNull();
    }

    [Fact]
    public async Task A_format_given_wins_over_the_header()
    {
        var read = await ReadAsync("host,port,user\n22,web1,joe\n", "port,host,name");
        var host = read.List.Hosts.Single();
        (host.Address, host.Port).Should().Be(("web1", 22));
        host.Variables["NAME"].Should().Be("joe");
    }

    [Fact]
    public async Task Comments_blank_lines_and_a_byte_order_mark_are_no_hosts()
    {
        var read = await ReadAsync("\uFEFF# the fleet\r\nhost,port\r\n\r\nweb1,22\r\n# web2,22\r\n");
        read.List.Problems.Should().BeEmpty();
        read.List.Hosts.Should().ContainSingle();
    }

    [Fact]
    public async Task A_problem_is_placed_at_its_line_and_column()
    {
        var read = await ReadAsync("host,note,port\nweb1,\"two\nlines\",22\nweb2,x,70000\n");
        read.List.Problems.Should().ContainSingle().Which.Where.Should().Be($"{_temporary["list.csv"]}:4:8");
    }

    [Fact]
    public async Task A_header_that_names_a_field_twice_is_refused() =>
        (await ReadAsync("host,port,port\nweb1,1,2\n")).List.Problems.Should().ContainSingle().Which.Where.Should().EndWith("list.csv:1 (header)");

    [Fact]
    public async Task A_quote_that_does_not_end_is_refused() =>
        (await ReadAsync("host,note\nweb1,\"open\nweb2,x\n")).List.Problems.Should().ContainSingle().Which.What.Should().Contain("quotes");

    [Fact]
    public async Task A_row_is_kept_as_it_was_written()
    {
        var read = await ReadAsync("host,note\nweb1,\"a, \"\"b\"\"\nc\"\n");
        read.Format.Row(read.List.Hosts.Single()).Should().Be("web1,\"a, \"\"b\"\"\nc\"");
        read.Format.Header.Should().Be("host,note");
    }

    [Fact]
    public async Task No_text_whatsoever_is_an_error()
    {
        var random = new Random(4711);
        const string Alphabet = "host,port\"\"\n\r#; \t\\'\0é-1234567890";
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            var read = await ReadAsync(text);
            (read.List.Hosts.Count + read.List.Problems.Count).Should().BePositive(text);
        }
    }

    public void Dispose() => _temporary.Dispose();

    private Task<ReadHostList> ReadAsync(string text, string? format = null) => HostListFile.ReadAsync(
        _temporary.Write("list.csv", text), format is null ? null : HostFormat.Parse(format).Format, TextReader.Null, CancellationToken.None);
}
