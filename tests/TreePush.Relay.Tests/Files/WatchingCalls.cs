using TreePush.Relay.Files;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Tests.Files;

public sealed class WatchingCalls : IDisposable
{
    private readonly Workplace _place = new();

    [Fact]
    public void Calls_are_seen_with_their_paths()
    {
        _place.Write("source/d/f", "x");
        using var watch = new Watchpoint(_place.Source);
        _place.Scan();
        watch.Calls.Select(c => (c.Call, c.Path)).Should()
            .Contain([("openat", _place.Source), ("getdents64", _place.Source), ("openat", _place["source/d"]), ("statx", _place["source/d/f"])]);
    }

    [Fact]
    public void Call_fails_as_it_is_told_and_others_do_not()
    {
        _place.Write("source/d/f", "x");
        _place.Write("source/e", "x");
        using var watch = new Watchpoint(_place.Source, (call, path) => call == "openat" && path.EndsWith("/d", StringComparison.Ordinal) ? Errno.AccessDenied : 0);
        var (entries, faults) = _place.Scan();
        faults.Single().Kind.Should().Be(FileFaultKind.Permission);
        entries.Select(e => e.Path.ToString()).Should().Contain("e").And.NotContain("d/f");
    }

    public void Dispose() => _place.Dispose();
}
