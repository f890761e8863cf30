using TreePush.Core.Wire;
using TreePush.Relay.Files.Native;
using TreePush.Relay.Tests.Files;

namespace TreePush.Relay.Tests.Sources;

/// <summary>Whatever fails at the source, nothing that it still has is deleted at a target, and the target says that it has not all.</summary>
public sealed class UnreadableSources : IDisposable
{
    private const int NoEntry = Errno.NoEntry, Stale = Errno.Stale, InputOutput = 5, AccessDenied = Errno.AccessDenied;

    private readonly Workplace _place = new();

    public UnreadableSources()
    {
        foreach (string file in (string[])["a", "d/b", "d/e/c", "f"]) _place.Write("source/" + file, "content of " + file);
        _place.Write("target/d/b", "old");
        foreach (string file in (string[])["a", "d/e/c", "f", "mine", "d/mine"]) _place.Write("target/" + file, "old content");
    }

    public static TheoryData<int, string, string> Faults
    {
        get
        {
            var faults = new TheoryData<int, string, string>();
            foreach (int error in (int[])[NoEntry, Stale, InputOutput, AccessDenied])
                foreach (string call in (string[])["openat .", "getdents64 .", "statx .", "openat d", "getdents64 d", "statx d", "openat d/e", "getdents64 d/e", "openat d/b", "statx d/b", "pread d/b", "openat f", "pread f"])
                    faults.Add(error, call[..call.IndexOf(' ')], call[(call.IndexOf(' ') + 1)..]);
            return faults;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Fault_at_the_source_deletes_nothing_and_is_told(int error, string call, string path)
    {
        string at = path == "." ? _place.Source : _place["source/" + path];
        int happened = 0, opening = call == "openat" && path == "." ? 1 : 0;
        // SRC itself is opened before it is listed: a fault there ends the run before it begins.
        using var faults = new Watchpoint(_place.Source, (c, p) => c == call && p == at && Interlocked.Increment(ref happened) > opening ? error : 0);
        using var relays = new TwoRelays(_place.Source, _place.Target, new RelayOptions { Delete = true });
        relays.Bring().Should().BeOfType<ControlMessage.Failed>().Which.Fault.Should().Be(RelayFault.Incomplete);
        happened.Should().BeGreaterThan(opening);
        foreach (string file in (string[])["a", "d/b", "d/e/c", "f", "mine", "d/mine"]) File.Exists(_place["target/" + file]).Should().BeTrue(file);
    }

    [Fact]
    public void Dry_run_foretells_no_deletion_where_the_run_would_delete_nothing()
    {
        using var faults = new Watchpoint(_place.Source, (call, path) => call == "getdents64" && path == _place["source/d"] ? Stale : 0);
        using var relays = new TwoRelays(_place.Source, _place.Target, new RelayOptions { Delete = true, DryRun = true });
        var scanned = relays.Bring(until: m => m is ControlMessage.Scanned).Should().BeOfType<ControlMessage.Scanned>().Which;
        (scanned.IsWhole, scanned.Need.Deletions).Should().Be((false, 0));
        relays.SourceScanned.Should().BeEquivalentTo(new { Unread = 1, Skipped = 0 });
    }

    [Fact]
    public void Sockets_pipes_and_devices_of_the_source_are_counted_and_not_deleted_at_the_target()
    {
        Machine.Shell("mkfifo \"$1/source/pipe\" \"$1/target/pipe\" \"$1/target/other\"", _place.Directory);
        _place.Write("target/d/g.treepush-part");
        _place.Write("source/d/.g.treepush-part");
        _place.Write("target/d/.g.treepush-part");
        using var relays = new TwoRelays(_place.Source, _place.Target, new RelayOptions { Delete = true });
        relays.Bring().Should().BeOfType<ControlMessage.Delivered>().Which.Receipt.Deleted.Should().Be(4);
        relays.SourceScanned.Should().BeEquivalentTo(new { Unread = 0, Skipped = 2 });
        Directory.GetFileSystemEntries(_place.Target, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(_place.Target, f))
            .Should().BeEquivalentTo("a", "d", "d/b", "d/e", "d/e/c", "d/.g.treepush-part", "f", "pipe");
    }

    public void Dispose() => _place.Dispose();
}
