using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;

namespace TreePush.Core.Tests.Dispatching.Arrivals;

public sealed class FilesThatAreKnown
{
    private static readonly RelativePath One = RelativePath.Of("one"), Other = RelativePath.Of("d/other");
    private static readonly FileVersion Version = new(10, 1000, 7);

    private readonly KnownFiles _known = new();

    [Fact]
    public void A_file_is_known_by_size_and_mtime()
    {
        _known.Set(One, Version);
        _known.Contains(One, Version with { Inode = 99 }).Should().BeTrue();
        _known.Contains(One, Version with { Size = 11 }).Should().BeFalse();
        _known.Contains(One, Version with { ModifiedNs = 1 }).Should().BeFalse();
        _known.Contains(Other, Version).Should().BeFalse();
    }

    [Fact]
    public void Changes_are_told_once_and_in_order()
    {
        _known.Set(One, Version);
        _known.Remove(One);
        _known.Remove(Other);
        _known.TakeChanges().Select(c => (c.Path, c.Version is null)).Should().Equal((One, false), (One, true));
        _known.TakeChanges().Should().BeEmpty();
    }

    [Fact]
    public void What_was_loaded_is_no_change()
    {
        _known.Load(One, Version);
        _known.TakeChanges().Should().BeEmpty();
        _known.Files.Should().Equal(new Arrival(One, Version with { Inode = 0 }));
    }

    [Fact]
    public void A_file_that_no_scan_saw_can_be_removed()
    {
        _known.Set(One, Version);
        _known.Set(Other, Version);
        _known.BeginScan();
        _known.Saw(Other);
        _known.Saw(RelativePath.Of("unknown"));
        _known.RemoveUnseen();
        _known.Files.Select(f => f.Path).Should().Equal(Other);
    }

    [Fact]
    public void A_file_that_becomes_known_during_a_scan_was_seen()
    {
        _known.BeginScan();
        _known.Set(One, Version);
        _known.RemoveUnseen();
        _known.Count.Should().Be(1);
    }

    [Fact]
    public void A_folder_is_removed_with_all_in_it_and_nothing_else()
    {
        foreach (string path in new[] { "d/a", "d/e/b", "d-c", "d" }) _known.Set(RelativePath.Of(path), Version);
        _known.RemoveBelow(RelativePath.Of("d"));
        _known.Files.Select(f => f.Path.ToString()).Should().BeEquivalentTo("d-c", "d");
    }

    /// <summary>A watch that is idle on 100,000 files must fit into 150 MB with all the rest of the process.</summary>
    [Fact]
    public void A_known_file_costs_less_than_200_bytes()
    {
        const int files = 100_000;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        for (int i = 0; i < files; i++) _known.Load(RelativePath.Of($"packages/of/today/package-{i:000000}.zip"), Version);
        long each = (GC.GetTotalMemory(forceFullCollection: true) - before) / files;
        each.Should().BeLessThan(200);
        _known.Count.Should().Be(files);
    }
}
