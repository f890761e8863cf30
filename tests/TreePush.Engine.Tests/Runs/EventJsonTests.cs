using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Core.Pushing;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Tests.Runs;

public sealed class EventJsonTests
{
    public static TheoryData<int> Samples => [.. Enumerable.Range(0, SampleEvents.All.Count)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_was_written_is_read_again(int sample)
    {
        var happened = SampleEvents.All[sample];
        string line = EventJson.Write(happened);
        line.Should().NotContain("\n");
        EventJson.Read(line).Should().BeEquivalentTo(happened, options => options.RespectingRuntimeTypes());
    }

    [Fact]
    public void There_is_a_sample_of_every_kind_of_event() =>
        SampleEvents.All.Select(e => e.GetType()).Distinct()
            .Should().BeEquivalentTo(typeof(RunEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(RunEvent))));

    [Fact]
    public void Every_kind_of_event_has_a_name_of_its_own() =>
        typeof(RunEvent).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => a.TypeDiscriminator)
            .Should().OnlyHaveUniqueItems().And.HaveCount(SampleEvents.All.Select(e => e.GetType()).Distinct().Count());

    [Fact]
    public void Names_are_in_snake_case_and_durations_in_whole_milliseconds()
    {
        string line = EventJson.Write(SampleEvents.All.OfType<TransferFailed>().Single());
        var json = JsonDocument.Parse(line).RootElement;
        json.GetProperty("event").GetString().Should().Be("transfer_failed");
        json.GetProperty("ms").GetInt64().Should().Be(1234);
        json.GetProperty("failure").GetProperty("kind").GetString().Should().Be("target_disk_full");
        json.GetProperty("failure").GetProperty("exit_code").GetInt32().Should().Be(23);
        json.GetProperty("target").GetString().Should().Be("[fe80::1]:2222");
        json.GetProperty("retry_at").GetDateTimeOffset().Should().BeAfter(json.GetProperty("time").GetDateTimeOffset());
    }

    [Fact]
    public void Words_of_a_sync_are_in_snake_case_and_a_topology_is_as_the_option_has_it()
    {
        string all = string.Join('\n', SampleEvents.All.Select(EventJson.Write));
        all.Should().ContainAll("\"role\":\"mirror\"", "\"route\":\"through_controller\"", "\"fault\":\"unreachable\"", "\"topology\":\"chain:4\"", "\"topology\":\"auto\"");
        all.Should().NotContain("is_nothing");
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"event":"of_a_later_version","time":"2026-03-01T12:30:15Z"}""")]
    [InlineData("""{"event":"transfer_started","time":"yesterday"}""")]
    [InlineData("""{"event":"source_set_aside","time":"2026-03-01T12:30:15Z","source":"a","failure":{"kind":"of_a_later_version","message":"m"}}""")]
    [InlineData("""{"event":"source_ready","time":"2026-03-01T12:30:15Z","source":"a","ms":"long"}""")]
    [InlineData("""{"event":"source_ready","time":"2026-03-01T12:30:15Z","source":"a","ms":1e300}""")]
    [InlineData("""{"event":"source_ready","time":"2026-03-01T12:30:15Z","source":5,"ms":1}""")]
    public void A_line_that_is_no_event_is_nothing(string line) => EventJson.Read(line).Should().BeNull();

    [Fact]
    public void No_line_cut_short_or_changed_anywhere_is_an_error()
    {
        var random = new Random(4711);
        foreach (string line in SampleEvents.All.Select(EventJson.Write))
            for (int cut = 0; cut < line.Length; cut++)
            {
                EventJson.Read(line[..cut]).Should().BeNull();
                char[] changed = line.ToCharArray();
                changed[cut] = (char)random.Next(32, 127);
                FluentActions.Invoking(() => EventJson.Read(new string(changed))).Should().NotThrow();
            }
    }
}
