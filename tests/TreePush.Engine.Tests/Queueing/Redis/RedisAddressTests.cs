using TreePush.Core.Hosts;
using TreePush.Engine.Queueing.Redis;

namespace TreePush.Engine.Tests.Queueing.Redis;

public sealed class RedisAddressTests
{
    [Theory]
    [InlineData("redis://h", "redis://h:6379")]
    [InlineData("redis://:p%40ss@h:1/10", "redis://h:1/10")]
    [InlineData("redis://alice:p@ss/w@h", "redis://alice@h:6379")]
    [InlineData("rediss://[::1]:7/", "rediss://[::1]:7")]
    [InlineData("redis://a,b:2,10.0.0.1:3", "redis://a:6379,b:2,10.0.0.1:3")]
    [InlineData("redis+sentinel://s1,s2:2/main/3", "redis+sentinel://s1:26379,s2:2/main/3")]
    public void Address_is_shown_without_its_password(string url, string shown) => Stores.Address(url).ToString().Should().Be(shown);

    [Fact]
    public void User_and_password_are_percent_encoded()
    {
        var address = Stores.Address("redis://al%3Aice:p%40s:s@h");
        (address.User, address.Password).Should().Be(("al:ice", "p@s:s"));
    }

    [Fact]
    public void Shown_address_is_read_as_the_same()
    {
        foreach (string url in (string[])["redis://a:1,[::1]:2/3", "rediss+sentinel://a%20b@h:1/my%2Fmain/2"])
            Stores.Address(Stores.Address(url).ToString()).Should().BeEquivalentTo(Stores.Address(url));
    }

    [Fact]
    public void All_problems_are_told_at_once_and_none_shows_the_password()
    {
        var problems = new List<Problem>();
        RedisAddress.Parse("--redis", "redis://:s3cret@a b:0,::1,/x", problems).Should().BeNull();
        problems.Select(p => p.What).Should().Contain(["'a b' is not a host name or address", "the port '0' is not a number from 1 to 65535", "the host is empty", "the database 'x' is not a number from 0 on"]);
        string.Join('\n', problems).Should().NotContain("s3cret");
    }

    [Theory]
    [InlineData("")]
    [InlineData("host:6379")]
    [InlineData("http://h")]
    [InlineData("redis+sentinel://h")]
    [InlineData("redis://")]
    [InlineData("redis://@")]
    [InlineData("redis://[")]
    [InlineData("redis://]:[")]
    public void Text_that_is_no_address_is_refused(string text)
    {
        var problems = new List<Problem>();
        RedisAddress.Parse("--redis", text, problems).Should().BeNull();
        problems.Should().NotBeEmpty();
    }
}
