using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Tests.Runs;

public sealed class JournalTests : IDisposable
{
    private readonly Temporary _temporary = new();

    private string JournalPath => _temporary["run.jsonl"];

    [Fact]
    public void Events_are_read_as_they_were_noticed()
    {
        Notice(SampleEvents.All);
        Journal.Read(JournalPath).Should().BeEquivalentTo(SampleEvents.All.Where(e => e is not HostProgressed), options => options.RespectingRuntimeTypes().WithStrictOrdering());
    }

    [Fact]
    public void Progress_is_left_out()
    {
        Notice(SampleEvents.All.OfType<HostProgressed>());
        Journal.Read(JournalPath).Should().BeEmpty();
    }

    [Fact]
    public void An_event_can_be_read_as_soon_as_it_was_noticed()
    {
        using var journal = Journal.Open(JournalPath);
        journal.OnEvent(SampleEvents.All[0]);
        Journal.Read(JournalPath).Should().ContainSingle();
    }

    [Fact]
    public void A_reopened_journal_goes_on()
    {
        Notice([SampleEvents.All[0]]);
        Notice([SampleEvents.All[2]]);
        Journal.Read(JournalPath).Should().HaveCount(2);
    }

    /// <summary>A crash may cut the last line anywhere; neither the lines before it nor those after it suffer.</summary>
    [Fact]
    public void A_last_line_that_was_cut_short_spoils_no_other()
    {
        string[] lines = [EventJson.Write(SampleEvents.All[0]), EventJson.Write(SampleEvents.All[8])];
        for (int cut = 0; cut < lines[1].Length; cut++)
        {
            File.WriteAllText(JournalPath, $"{lines[0]}\n{lines[1][..cut]}");
            Notice([SampleEvents.All[9]]);
            Journal.Read(JournalPath).Select(e => e.GetType()).Should().Equal(typeof(RunStarted), typeof(TransferSucceeded));
        }
    }

    [Fact]
    public void A_last_line_that_lacks_its_end_alone_is_kept()
    {
        File.WriteAllText(JournalPath, EventJson.Write(SampleEvents.All[0]));
        Notice([SampleEvents.All[9]]);
        Journal.Read(JournalPath).Should().HaveCount(2);
    }

    [Fact]
    public void A_full_disk_is_told_and_ends_nothing()
    {
        using var journal = Journal.Open("/dev/full");
        journal.OnEvent(SampleEvents.All[0]);
        journal.OnEvent(SampleEvents.All[1]);
        journal.Fault.Should().Contain("space");
    }

    public void Dispose() => _temporary.Dispose();

    private void Notice(IEnumerable<RunEvent> events)
    {
        using var journal = Journal.Open(JournalPath);
        foreach (var happened in events) journal.OnEvent(happened);
    }
}
