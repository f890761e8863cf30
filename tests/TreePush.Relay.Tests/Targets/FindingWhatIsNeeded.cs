using TreePush.Core.Manifests;
using TreePush.Relay.Files;
using TreePush.Relay.Targets;
using TreePush.Relay.Tests.Files;

namespace TreePush.Relay.Tests.Targets;

public sealed class FindingWhatIsNeeded
{
    private static readonly Comparison Other = new(Lack.Content, HasCandidate: true);
    private static readonly Comparison Equal = new(Lack.Nothing, HasCandidate: true);
    private static readonly Comparison OtherMode = new(Lack.Metadata, HasCandidate: true);

    [Fact]
    public void Missing_things_are_sorted_by_what_is_to_be_done()
    {
        var plan = Plan(Comparison.Missing, Entries.Directory("d"), Entries.Link("l", "f"), Entries.File("empty"), Entries.File("f", "1"));
        (plan.Directories, plan.Symlinks, plan.Empty, plan.Lacking).Should().BeEquivalentTo((new[] { 0 }, new[] { 1 }, new[] { 2 }, new[] { 3 }));
        (plan.Files, plan.Changes).Should().Be((1, 4));
    }

    [Fact]
    public void Equal_things_need_nothing_and_files_among_them_are_served()
    {
        var plan = Plan(Equal, Entries.Directory("d"), Entries.Link("l", "f"), Entries.File("f", "1"));
        plan.Equal.Should().Equal(2);
        plan.Changes.Should().Be(0);
    }

    [Fact]
    public void Mode_alone_is_put_right_and_the_content_served()
    {
        var plan = Plan(OtherMode, Entries.Directory("d"), Entries.Link("l", "f"), Entries.File("f", "1"));
        plan.Metadata.Should().Equal(1, 2);
        plan.Equal.Should().Equal(2);
    }

    [Fact]
    public void What_an_earlier_run_left_is_checked_piece_by_piece()
    {
        var plan = Plan(Comparison.Missing, hasPartial: true, checksum: false, Entries.File("f", "1"));
        plan.Candidates.Should().Equal(new Candidate(0, IsPartial: true));
    }

    [Fact]
    public void Checksum_checks_every_file_of_the_right_size_that_has_content()
    {
        foreach (var found in (Comparison[])[Equal, Other, OtherMode])
            Plan(found, hasPartial: true, checksum: true, Entries.File("f", "1")).Candidates.Should().Equal(new Candidate(0, IsPartial: false));
        Plan(Equal, hasPartial: false, checksum: true, Entries.File("empty")).Candidates.Should().BeEmpty();
    }

    [Fact]
    public void Conflicts_are_named_up_to_a_few_and_counted()
    {
        var plan = Plan(new Comparison(Lack.Conflict), [.. Enumerable.Range(1, 7).Select(i => Entries.File($"f{i}", "1"))]);
        plan.Conflicts.Should().Be("f1, f2, f3, f4, f5 and 2 more");
        plan.Changes.Should().Be(0);
    }

    private static NeedPlan Plan(Comparison found, params ManifestEntry[] entries) => Plan(found, hasPartial: false, checksum: false, entries);

    private static NeedPlan Plan(Comparison found, bool hasPartial, bool checksum, params ManifestEntry[] entries)
    {
        var plan = new NeedPlan(_ => found, _ => hasPartial, checksum);
        for (int i = 0; i < entries.Length; i++) plan.Compare(i, entries[i]);
        return plan;
    }
}
