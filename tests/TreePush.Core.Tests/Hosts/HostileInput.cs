using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

/// <summary>No input whatsoever gives an unexpected exception: what is wrong with it is a <see cref="Problem"/>.</summary>
public sealed class HostileInput
{
    private const int Seeds = 5000;

    [Fact]
    public void Any_format_is_understood_or_refused()
    {
        foreach (string text in Texts(40))
        {
            var (format, problems) = HostFormat.Parse(text);
            (format is null).Should().Be(problems.Count > 0);
            if (format is not null) HostFormat.Parse(format.Text).Format!.Fields.Should().Equal(format.Fields);
        }
    }

    [Fact]
    public void Any_range_is_expanded_or_refused()
    {
        foreach (string text in Texts(40))
        {
            try
            {
                HostRange.Expand(text).Should().NotBeEmpty();
            }
            catch (FormatException e)
            {
                e.Message.Should().NotBeEmpty();
            }
        }
    }

    [Fact]
    public void Any_hosts_on_the_command_line_are_understood_or_refused()
    {
        foreach (string text in Texts(40))
        {
            var (hosts, problems) = HostSpec.Parse("-s", text);
            (hosts.Count + problems.Count).Should().BePositive();
            hosts.All(h => HostSyntax.FaultInAddress(h.Address) is null && h.Port is > 0 and < 65536).Should().BeTrue();
        }
    }

    [Fact]
    public void Any_list_is_understood_or_refused()
    {
        foreach (string text in Texts(200))
        {
            var list = HostList.Read("l", WhitespaceRows.Split(text), HostFormat.Default);
            (list.Hosts.Count + list.Problems.Count).Should().BePositive();
            list.Problems.All(p => DisplayText.Line(p.What, 1000) == p.What).Should().BeTrue();
        }
    }

    [Fact]
    public void Rows_of_understood_hosts_are_a_list_of_the_same_hosts()
    {
        foreach (string text in Texts(200))
        {
            var hosts = HostList.Read("l", WhitespaceRows.Split(text), HostFormat.Default).Hosts;
            string printed = string.Join('\n', hosts.Select(h => h.Row));
            HostList.Read("l", WhitespaceRows.Split(printed), HostFormat.Default).Hosts.Should().Equal(hosts);
        }
    }

    private static IEnumerable<string> Texts(int longest) =>
        Enumerable.Range(1, Seeds).Select(seed => HostileText.Any(new Random(seed), longest));
}
