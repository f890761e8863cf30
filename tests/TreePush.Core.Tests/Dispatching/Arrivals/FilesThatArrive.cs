using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;

namespace TreePush.Core.Tests.Dispatching.Arrivals;

public sealed class FilesThatArrive
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);
    private static readonly RelativePath Path = RelativePath.Of("in/a.zip");
    private static readonly FileVersion Version = new(10, 1000, 7);

    private readonly KnownFiles _known = new();
    private readonly ArrivalTracker _tracker;
    private DateTimeOffset _now = DateTimeOffset.UnixEpoch;

    public FilesThatArrive() => _tracker = new ArrivalTracker(Quiet, Retry, _known);

    [Fact]
    public void A_file_that_was_moved_in_arrives_at_once()
    {
        Observe(Version, FileSign.MovedIn);
        _tracker.TakeArrived().Should().Be(new Arrival(Path, Version));
    }

    [Theory]
    [InlineData(FileSign.Found)]
    [InlineData(FileSign.Created)]
    [InlineData(FileSign.Written)]
    public void Any_other_file_arrives_when_it_has_stood_still(FileSign sign)
    {
        Observe(Version, sign);
        _tracker.NextDue.Should().Be(_now + Quiet);
        _tracker.TakeArrived().Should().BeNull();
        LookAfter(Quiet).Should().Be(new Arrival(Path, Version));
    }

    [Fact]
    public void A_file_does_not_arrive_before_it_was_looked_at_again()
    {
        Observe(Version);
        Pass(Quiet * 3);
        _tracker.TakeDue(_now).Should().Equal(Path);
        _tracker.TakeArrived().Should().BeNull();
    }

    [Fact]
    public void A_file_that_nobody_could_look_at_is_due_again()
    {
        Observe(Version);
        Pass(Quiet);
        _tracker.TakeDue(_now).Should().Equal(Path);
        _tracker.TakeDue(_now).Should().BeEmpty();
        Pass(Quiet);
        _tracker.TakeDue(_now).Should().Equal(Path);
    }

    public static TheoryData<FileVersion> OtherVersions => [Version with { Size = 11 }, Version with { ModifiedNs = 1001 }, Version with { Inode = 8 }];

    [Theory]
    [MemberData(nameof(OtherVersions))]
    public void A_change_begins_the_quiet_period_anew(FileVersion other)
    {
        Observe(Version);
        Pass(Quiet - TimeSpan.FromSeconds(1));
        Observe(other);
        LookAfter(TimeSpan.FromSeconds(1), other).Should().BeNull();
        LookAfter(Quiet - TimeSpan.FromSeconds(1), other).Should().Be(new Arrival(Path, other));
    }

    [Fact]
    public void A_file_that_is_written_slowly_arrives_once()
    {
        for (int i = 0; i < 100; i++)
        {
            Observe(Version with { Size = i });
            LookAfter(TimeSpan.FromSeconds(4), Version with { Size = i }).Should().BeNull();
        }

        LookAfter(TimeSpan.FromSeconds(1), Version with { Size = 99 }).Should().NotBeNull();
        _tracker.TakeArrived().Should().BeNull();
    }

    [Fact]
    public void A_file_that_goes_before_it_stood_still_never_arrives()
    {
        Observe(Version);
        _tracker.Gone(Path);
        Pass(Quiet);
        _tracker.TakeDue(_now).Should().BeEmpty();
        _tracker.OpenCount.Should().Be(0);
    }

    [Fact]
    public void A_file_that_goes_before_it_was_taken_is_not_taken()
    {
        Observe(Version, FileSign.MovedIn);
        _tracker.Gone(Path);
        _tracker.TakeArrived().Should().BeNull();
    }

    [Fact]
    public void A_file_that_changes_before_it_was_taken_waits_again()
    {
        Observe(Version, FileSign.MovedIn);
        Observe(Version with { Size = 11 }, FileSign.Written);
        _tracker.TakeArrived().Should().BeNull();
        LookAfter(Quiet, Version with { Size = 11 }).Should().NotBeNull();
    }

    [Fact]
    public void An_acknowledged_file_never_arrives_again()
    {
        Handle(acknowledge: true);
        Observe(Version);
        LookAfter(Retry).Should().BeNull();
        _tracker.OpenCount.Should().Be(0);
        _known.Contains(Path, Version).Should().BeTrue();
    }

    [Fact]
    public void A_file_that_was_not_acknowledged_arrives_again_in_a_while()
    {
        Handle(acknowledge: false);
        _tracker.NextDue.Should().Be(_now + Retry);
        LookAfter(Quiet).Should().BeNull();
        LookAfter(Retry - Quiet).Should().Be(new Arrival(Path, Version));
    }

    [Fact]
    public void A_change_ends_the_wait_for_another_attempt()
    {
        Handle(acknowledge: false);
        Observe(Version with { Size = 11 });
        LookAfter(Quiet, Version with { Size = 11 }).Should().NotBeNull();
    }

    [Fact]
    public void A_file_that_changed_while_it_was_read_waits_for_the_quiet_period()
    {
        Observe(Version, FileSign.MovedIn);
        _tracker.TakeArrived();
        _tracker.Ended(Path, changed: true, _now);
        LookAfter(Quiet).Should().NotBeNull();
    }

    [Fact]
    public void An_acknowledged_file_that_changes_arrives_again()
    {
        Handle(acknowledge: true);
        Observe(Version with { Size = 11 }, FileSign.Written);
        LookAfter(Quiet, Version with { Size = 11 }).Should().Be(new Arrival(Path, Version with { Size = 11 }));
    }

    [Fact]
    public void A_change_while_a_file_is_handled_arrives_when_that_has_ended()
    {
        var other = Version with { Size = 11 };
        Observe(Version, FileSign.MovedIn);
        _tracker.TakeArrived();
        Observe(other, FileSign.Written);
        LookAfter(Quiet, other).Should().BeNull("one version is handled at a time");
        _tracker.Acknowledge(Path);
        _known.Contains(Path, Version).Should().BeTrue();
        _tracker.Ended(Path, changed: false, _now);
        LookAfter(Quiet, other).Should().Be(new Arrival(Path, other));
    }

    [Fact]
    public void A_file_that_is_moved_over_one_that_is_handled_arrives_when_that_has_ended()
    {
        var other = Version with { Inode = 8 };
        Observe(Version, FileSign.MovedIn);
        _tracker.TakeArrived();
        Observe(other, FileSign.MovedIn);
        _tracker.TakeArrived().Should().BeNull();
        _tracker.Acknowledge(Path);
        _tracker.Ended(Path, changed: false, _now);
        _tracker.TakeArrived().Should().Be(new Arrival(Path, other));
    }

    [Fact]
    public void A_file_that_goes_while_it_is_handled_is_forgotten()
    {
        Observe(Version, FileSign.MovedIn);
        _tracker.TakeArrived();
        _tracker.Gone(Path);
        _tracker.Acknowledge(Path);
        _tracker.Ended(Path, changed: false, _now);
        (_tracker.OpenCount, _known.Count).Should().Be((0, 0));
    }

    [Theory]
    [InlineData(FileSign.Found, false)]
    [InlineData(FileSign.Written, false)]
    [InlineData(FileSign.Created, true)]
    [InlineData(FileSign.MovedIn, true)]
    public void A_new_name_is_another_file_even_with_the_same_size_and_mtime(FileSign sign, bool arrives)
    {
        Handle(acknowledge: true);
        Observe(Version, sign);
        (_tracker.OpenCount == 1).Should().Be(arrives);
        _known.Contains(Path, Version).Should().Be(!arrives, "a crash now must not lose it");
    }

    [Fact]
    public void A_folder_that_is_moved_away_takes_its_files_along()
    {
        var outside = RelativePath.Of("in-b");
        Observe(Version);
        _tracker.Observe(outside, Version, FileSign.Found, _now);
        _known.Set(RelativePath.Of("in/known"), Version);
        _tracker.GoneBelow(RelativePath.Of("in"));
        Pass(Quiet);
        _tracker.TakeDue(_now).Should().Equal(outside);
        _known.Count.Should().Be(0);
    }

    [Fact]
    public void What_is_ignored_is_news_once_for_each_version()
    {
        _tracker.Ignore(Path, Version).Should().BeTrue();
        _tracker.Ignore(Path, Version).Should().BeFalse();
        _tracker.Ignore(Path, Version with { ModifiedNs = 5 }).Should().BeTrue();
        Observe(Version with { ModifiedNs = 5 });
        _tracker.OpenCount.Should().Be(0);
    }

    /// <summary>Whatever happens in whatever order, each version that stands still is taken, and none twice once it was acknowledged.</summary>
    [Fact]
    public void Nothing_is_lost_and_nothing_arrives_twice()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            var life = new ImaginedFolder(seed, _known, _tracker);
            life.Run();
            life.Lost.Should().BeEmpty($"seed {seed}");
            life.Repeated.Should().BeEmpty($"seed {seed}");
        }
    }

    private void Observe(FileVersion version, FileSign sign = FileSign.Found) => _tracker.Observe(Path, version, sign, _now);

    private void Pass(TimeSpan time) => _now += time;

    private Arrival? LookAfter(TimeSpan time, FileVersion? found = null)
    {
        Pass(time);
        foreach (var path in _tracker.TakeDue(_now)) _tracker.Observe(path, found ?? Version, FileSign.Found, _now);
        return _tracker.TakeArrived();
    }

    private void Handle(bool acknowledge)
    {
        Observe(Version, FileSign.MovedIn);
        _tracker.TakeArrived().Should().NotBeNull();
        if (acknowledge) _tracker.Acknowledge(Path);
        _tracker.Ended(Path, changed: false, _now);
    }
}
