using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Hosts;

public sealed class FieldFormats
{
    [Fact]
    public void Default_is_host_then_port_then_user() => Fields(HostFormat.Default.Text).Should().Be("HOST=0 PORT=1 USER=2");

    [Theory]
    [InlineData("host", "HOST=0")]
    [InlineData("host,,user", "HOST=0 USER=2")]
    [InlineData(",,host", "HOST=2")]
    [InlineData("host,", "HOST=0")]
    [InlineData("Host,PORT,uSeR", "HOST=0 PORT=1 USER=2")]
    [InlineData("host,zone,path_2", "HOST=0 PATH_2=2 ZONE=1")]
    [InlineData("2:host,port,user", "HOST=1 PORT=2 USER=3")]
    [InlineData("4:port,1:user,3:host", "HOST=2 PORT=3 USER=0")]
    [InlineData("host,port,user,5:path", "HOST=0 PATH=4 PORT=1 USER=2")]
    [InlineData("host,5:,user", "HOST=0 USER=5")]
    [InlineData("1000:host", "HOST=999")]
    public void Names_stand_for_fields(string text, string expected) => Fields(text).Should().Be(expected);

    [Theory]
    [InlineData("port,user", "names no field 'host'")]
    [InlineData("", "names no field 'host'")]
    [InlineData("host,host", "'host' is used twice")]
    [InlineData("host,path,PATH", "'PATH' is used twice")]
    [InlineData("host,my-field", "'my-field' can't name a field")]
    [InlineData("host, port", "' port' can't name a field")]
    [InlineData("host,straße", "'straße' can't name a field")]
    [InlineData("host,a=b", "'a=b' can't name a field")]
    [InlineData("host,src", "TPUSH_SRC is always the source's host")]
    [InlineData("0:host", "'0:host' does not begin with a field number")]
    [InlineData("1001:host", "'1001:host' does not begin with a field number")]
    [InlineData("-1:host", "'-1:host' does not begin with a field number")]
    [InlineData("+1:host", "'+1:host' does not begin with a field number")]
    [InlineData(":host", "':host' does not begin with a field number")]
    [InlineData("x:host", "'x:host' does not begin with a field number")]
    [InlineData("99999999999:host", "'99999999999:host' does not begin with a field number")]
    [InlineData("1:2:host", "'2:host' can't name a field")]
    public void Faulty_format_is_refused_with_its_faulty_part(string text, string fault)
    {
        var (format, problems) = HostFormat.Parse(text);
        format.Should().BeNull();
        problems.Should().ContainSingle().Which.Should().Match<Problem>(p => p.Where == "-f" && p.What.Contains(fault) && p.Hint != null);
    }

    [Fact]
    public void All_faults_of_a_format_are_told_at_once() =>
        HostFormat.Parse("a-b,SRC,0:x,host,host").Problems.Should().HaveCount(4);

    [Fact]
    public void Header_row_names_the_fields()
    {
        var (format, _) = HostFormat.OfHeader([" Host ", "", "Port"]);
        format!.Fields.Should().Equal(new Dictionary<string, int> { ["HOST"] = 0, ["PORT"] = 2 });
    }

    private static string Fields(string text)
    {
        var (format, problems) = HostFormat.Parse(text);
        problems.Should().BeEmpty();
        return string.Join(' ', format!.Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => $"{f.Key}={f.Value}"));
    }
}
