using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Files;

namespace TreePush.Relay.Tests.Targets;

/// <summary>Names that differ in case only, on a file system that does not tell them apart.</summary>
public sealed class NamesThatFallTogether : IDisposable
{
    private readonly Workplace _place = new();

    [Theory]
    [InlineData("README a/readme readme", "README readme")]
    [InlineData("dir/a DIR/A", "dir/a DIR/A")]
    [InlineData("é É", "é É")]
    [InlineData("a a b A a", "a A")]
    [InlineData("a b c/a c/b", "")]
    internal void Paths_that_differ_in_case_only_are_found(string paths, string expected)
    {
        var pairs = CasePairs.In([.. paths.Split(' ').Select(RelativePath.Of)]);
        string.Join(' ', pairs.Select(p => $"{p.First} {p.Second}")).Should().Be(expected);
    }

    [Fact]
    public void Names_that_are_one_at_the_target_are_told_and_nothing_is_written()
    {
        Write();
        // The machine's own file systems tell upper from lower case: a second link to the file that the relay looks up makes this one fold.
        using var folding = new Watchpoint(_place.Target, (call, path) =>
        {
            if (call == "statx" && path.EndsWith("/.CASE.treepush-part", StringComparison.Ordinal)) Machine.Shell("ln \"$1/.case.treepush-part\" \"$1/.CASE.treepush-part\"", Path.GetDirectoryName(path)!);
            return 0;
        });
        using var relays = new TwoRelays(_place.Source, _place.Target, new RelayOptions());
        relays.Bring().Should().BeOfType<ControlMessage.Failed>().Which.Message.Should().Contain("d/README and d/readme are the same name");
        File.ReadAllText(_place["target/d/README"]).Should().Be("mine");
        File.Exists(_place["target/other"]).Should().BeFalse();
    }

    [Fact]
    public void Names_that_are_two_at_the_target_are_brought()
    {
        Write();
        using var relays = new TwoRelays(_place.Source, _place.Target, new RelayOptions());
        relays.Bring().Should().BeOfType<ControlMessage.Delivered>();
        Directory.GetFiles(_place["target/d"]).Order(StringComparer.Ordinal).Select(File.ReadAllText).Should().Equal("upper", "lower");
    }

    public void Dispose() => _place.Dispose();

    private void Write()
    {
        _place.Write("source/d/README", "upper");
        _place.Write("source/d/readme", "lower");
        _place.Write("source/other", "other");
        _place.Write("target/d/README", "mine");
    }
}
