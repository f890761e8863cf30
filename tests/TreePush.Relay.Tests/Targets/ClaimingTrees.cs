using TreePush.Relay.Files;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Files;

namespace TreePush.Relay.Tests.Targets;

public sealed class ClaimingTrees : IDisposable
{
    private static readonly byte[] Key = [1, 2, 3];

    private readonly Workplace _place = new();
    private readonly byte[] _run = Guid.NewGuid().ToByteArray();

    [Fact]
    public void Second_relay_of_a_run_learns_who_was_first()
    {
        using var first = Make(_run, "target");
        first.Should().NotBeNull();
        for (int i = 0; i < 3; i++)
        {
            Claim.Make(_run, Canonical("target"), [9], out byte[]? holder).Should().BeNull();
            holder.Should().Equal(Key);
        }
    }

    [Fact]
    public void Another_run_and_another_path_are_free()
    {
        using var first = Make(_run, "target");
        using var other = Make(Guid.NewGuid().ToByteArray(), "target");
        using var elsewhere = Make(_run, "target/below");
        other.Should().NotBeNull();
        elsewhere.Should().NotBeNull();
    }

    [Fact]
    public void Claim_ends_with_its_relay()
    {
        Make(_run, "target")!.Dispose();
        using var second = Make(_run, "target");
        second.Should().NotBeNull();
    }

    [Fact]
    public void Path_is_the_same_through_links_and_before_and_after_it_is_made()
    {
        _place.Make("real");
        _place.Link("link", "real");
        byte[] before = Canonical("link/a/b/");
        before.Should().Equal(Canonical("real/./a/b"));
        _place.Make("real/a/b");
        Canonical("link/a/b").Should().Equal(before);
    }

    public void Dispose() => _place.Dispose();

    private byte[] Canonical(string path) => CanonicalPath.Of(System.Text.Encoding.UTF8.GetBytes(_place[path]));

    private Claim? Make(byte[] run, string path) => Claim.Make(run, Canonical(path), Key, out _);
}
