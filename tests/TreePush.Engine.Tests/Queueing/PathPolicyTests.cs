using TreePush.Engine.Queueing;

namespace TreePush.Engine.Tests.Queueing;

public sealed class PathPolicyTests : IDisposable
{
    private readonly Temporary _temporary = new();
    private readonly PathPolicy _policy;

    public PathPolicyTests()
    {
        Directory.CreateDirectory(_temporary["root/sub"]);
        Directory.CreateDirectory(_temporary["root-2"]);
        Directory.CreateDirectory(_temporary["outside"]);
        _policy = new PathPolicy([_temporary["root/"]], [_temporary["origin"]]);
    }

    [Theory]
    [InlineData("root/f")]
    [InlineData("root/sub/f")]
    [InlineData("root/not/there/yet/f")]
    [InlineData("root/with space and 'quote\"")]
    [InlineData("root/-rf")]
    [InlineData("root/...")]
    [InlineData("root/größer")]
    public void A_path_below_a_root_is_taken(string path) => _policy.Fault(_temporary[path]).Should().BeNull();

    [Theory]
    [InlineData("root", "is not below a root")]
    [InlineData("root-2/f", "is not below a root")]
    [InlineData("outside/f", "is not below a root")]
    [InlineData("root/../outside/f", "has '.' or '..' in it")]
    [InlineData("root/..", "has '.' or '..' in it")]
    [InlineData("root/./f", "has '.' or '..' in it")]
    [InlineData("root//f", "has an empty component")]
    [InlineData("root/", "has an empty component")]
    [InlineData("root/f\n", "control characters")]
    [InlineData("root/\u001b[2Jf", "control characters")]
    [InlineData("root/\u0085f", "control characters")]
    [InlineData("root/\0f", "control characters")]
    [InlineData("root/\ufffd", "is not valid UTF-8")]
    [InlineData("root/sub", "is a directory")]
    public void Another_path_is_refused(string path, string reason) => _policy.Fault(_temporary.Directory + "/" + path).Should().Contain(reason);

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("root/f", "is not absolute")]
    [InlineData("~/f", "is not absolute")]
    [InlineData("/", "has an empty component")]
    [InlineData("/etc/passwd", "is not below a root")]
    public void A_path_that_is_not_absolute_or_elsewhere_is_refused(string path, string reason) => _policy.Fault(path).Should().Contain(reason);

    [Fact]
    public void A_path_that_is_too_long_is_refused() => _policy.Fault(_temporary["root/" + new string('x', 5000)]).Should().Be("is too long");

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc")]
    [InlineData("sub/../../outside")]
    public void A_link_that_leads_out_of_the_root_is_not_followed(string target)
    {
        Directory.CreateSymbolicLink(_temporary["root/link"], target);
        _policy.Fault(_temporary["root/link/f"]).Should().Contain("is not below a root");
        _policy.Fault(_temporary["root/link/new/f"]).Should().Contain("is not below a root");
    }

    [Fact]
    public void A_link_to_a_link_that_leads_out_is_not_followed()
    {
        Directory.CreateSymbolicLink(_temporary["root/one"], "two");
        Directory.CreateSymbolicLink(_temporary["root/two"], _temporary["outside"]);
        _policy.Fault(_temporary["root/one/f"]).Should().Contain("is not below a root");
    }

    [Fact]
    public void A_link_that_leads_nowhere_yet_counts_for_where_it_leads()
    {
        Directory.CreateSymbolicLink(_temporary["root/dangling"], _temporary["outside/later"]);
        _policy.Fault(_temporary["root/dangling/f"]).Should().Contain("is not below a root");
    }

    [Fact]
    public void A_link_inside_of_the_root_is_followed()
    {
        Directory.CreateSymbolicLink(_temporary["root/inner"], "sub");
        _policy.Fault(_temporary["root/inner/f"]).Should().BeNull();
    }

    [Fact]
    public void A_loop_of_links_is_refused()
    {
        Directory.CreateSymbolicLink(_temporary["root/a"], "b");
        Directory.CreateSymbolicLink(_temporary["root/b"], "a");
        _policy.Fault(_temporary["root/a/f"]).Should().Contain("a loop of links");
    }

    [Fact]
    public void A_link_in_the_place_of_the_file_is_refused_wherever_it_leads()
    {
        File.CreateSymbolicLink(_temporary["root/out"], "/etc/passwd");
        File.CreateSymbolicLink(_temporary["root/in"], "sub/f");
        foreach (string name in new[] { "root/out", "root/in" }) _policy.Fault(_temporary[name]).Should().Be("is a symbolic link");
    }

    [Fact]
    public void A_root_may_be_a_link_itself()
    {
        Directory.CreateSymbolicLink(_temporary["alias"], _temporary["root"]);
        var policy = new PathPolicy([_temporary["alias"]], []);
        policy.Fault(_temporary["alias/f"]).Should().BeNull();
        policy.Fault(_temporary["root/f"]).Should().BeNull();
        policy.Fault(_temporary["outside/f"]).Should().Contain("is not below a root");
    }

    [Fact]
    public void A_served_file_is_taken_under_its_own_path_only()
    {
        _policy.IsServed(_temporary["origin"]).Should().BeTrue();
        _policy.IsServed(_temporary["origin/f"]).Should().BeTrue();
        _policy.IsServed(_temporary["original"]).Should().BeFalse();
        _policy.Fault(_temporary["origin"]).Should().BeNull();
    }

    [Fact]
    public void A_link_that_leads_out_of_what_is_served_is_refused()
    {
        Directory.CreateDirectory(_temporary["origin"]);
        Directory.CreateSymbolicLink(_temporary["origin/link"], "/etc");
        _policy.Fault(_temporary["origin/link/passwd"]).Should().Contain("leads out of what is served");
    }

    public void Dispose() => _temporary.Dispose();
}
