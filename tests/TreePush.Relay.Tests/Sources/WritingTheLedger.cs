using TreePush.Core.Manifests;
using TreePush.Core.Wire;
using TreePush.Relay.Files;

namespace TreePush.Relay.Tests.Sources;

public sealed class WritingTheLedger
{
    private const int Size = PieceSize.Least;

    [Fact]
    public void Wanted_file_is_hashed_piece_by_piece()
    {
        using var desk = new HasherDesk((2 * Size) + 1).Begin();
        desk.Until(() => desk.Hashed.Count == 3);
        desk.PieceInventory.Servable.ToRanges().Should().Equal(new PieceRange(0, 3));
    }

    [Fact]
    public void File_that_changed_while_it_was_read_is_taken_back_and_listed_anew()
    {
        using var desk = new HasherDesk(2 * Size);
        desk.Found.Enqueue(FileState.Changed);
        desk.Begin().Until(() => desk.Hashed.Contains(3));
        desk.PieceInventory.Withdrawn.Should().Equal((0, Withdrawal.Changed));
        desk.PieceInventory.Catalog.Entries.Should().HaveCount(2);
        desk.PieceInventory.Catalog.Entries[1].ModifiedNs.Should().Be(2);
        desk.Hashed.Contains(1).Should().BeFalse("nobody completes a file that never was");
        desk.PieceInventory.Servable.ToRanges().Should().Equal(new PieceRange(2, 2));
    }

    [Fact]
    public void File_that_changes_each_of_three_times_is_left_out()
    {
        using var desk = new HasherDesk(1);
        for (int i = 0; i < 3; i++) desk.Found.Enqueue(FileState.Changed);
        desk.Begin().Until(() => desk.PieceInventory.Withdrawn.Count == 3);
        desk.PieceInventory.Withdrawn.Should().Equal((0, Withdrawal.Changed), (1, Withdrawal.Changed), (2, Withdrawal.Unstable));
        desk.PieceInventory.Catalog.Entries.Should().HaveCount(3);
        desk.Hashed.IsEmpty.Should().BeTrue();
    }

    [Theory]
    [InlineData(FileFaultKind.Missing, false, Withdrawal.Unreadable)]
    [InlineData(FileFaultKind.Missing, true, Withdrawal.Vanished)]
    [InlineData(FileFaultKind.Permission, false, Withdrawal.Unreadable)]
    [InlineData(FileFaultKind.Other, false, Withdrawal.Unreadable)]
    [InlineData(FileFaultKind.Other, true, Withdrawal.Vanished)]
    internal void File_that_cannot_be_read_is_taken_back_with_the_reason(FileFaultKind fault, bool isGone, Withdrawal reason)
    {
        using var desk = new HasherDesk(1) { Fault = fault, IsGone = isGone };
        desk.Begin().Until(() => desk.PieceInventory.Withdrawn.Count == 1);
        desk.PieceInventory.Withdrawn.Should().Equal((0, reason));
        desk.PieceInventory.Catalog.Entries.Should().HaveCount(1);
    }

    [Fact]
    public void File_that_vanished_between_reading_and_its_last_hash_is_taken_back()
    {
        using var desk = new HasherDesk(1) { IsMissing = true, IsGone = true };
        desk.Begin().Until(() => desk.PieceInventory.Withdrawn.Count == 1);
        desk.PieceInventory.Withdrawn.Should().Equal((0, Withdrawal.Vanished));
    }

    [Fact]
    public void File_that_is_found_changed_when_it_is_served_is_taken_back_and_listed_anew()
    {
        using var desk = new HasherDesk(1).Begin();
        desk.Until(() => desk.Hashed.Contains(0));
        desk.Doubt(0);
        desk.Until(() => desk.Hashed.Contains(1));
        desk.PieceInventory.Withdrawn.Should().Equal((0, Withdrawal.Changed));
        desk.Doubt(0);
        desk.Doubt(1);
        desk.Until(() => desk.Hashed.Contains(2));
        desk.PieceInventory.Withdrawn[1].Should().Be((1, Withdrawal.Changed), "it seems not to have changed, and yet is not what it was");
    }
}
