using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using TreePush.Cli.Output.Queueing;
using TreePush.Cli.Tests.Commands;
using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;

namespace TreePush.Cli.Tests.Output;

/// <summary>docs/events.md tells of every event and of every field.</summary>
public sealed class EventDocumentTests
{
    private static readonly string Document = Repository.Read("docs", "events.md");

    [Theory]
    [InlineData(typeof(RunEvent))]
    [InlineData(typeof(AgentEvent))]
    [InlineData(typeof(TaskChange))]
    public void Every_event_has_a_row_with_all_its_fields(Type family)
    {
        foreach (var (type, name) in family.GetCustomAttributes<JsonDerivedTypeAttribute>().Select(a => (a.DerivedType, (string)a.TypeDiscriminator!)))
        {
            string? row = Document.Split('\n').FirstOrDefault(l => l.StartsWith("| ", StringComparison.Ordinal) && l.Split('|')[1].Contains($"`{name}`", StringComparison.Ordinal));
            row.Should().NotBeNull("{0} is told of", name);
            foreach (string field in Fields(type).Where(f => !Common(family).Contains(f))) row.Should().Contain($"`{field}`", "it is a field of {0}", name);
        }
    }

    [Theory]
    [InlineData(typeof(Need))]
    [InlineData(typeof(Receipt))]
    [InlineData(typeof(Core.Syncing.HostProgress))]
    [InlineData(typeof(ChildProgress))]
    public void Every_part_of_an_event_is_told_of(Type part)
    {
        foreach (string field in Fields(part)) Document.Should().Contain($"`{field}`");
    }

    [Fact]
    public void Every_word_for_a_fault_or_a_role_is_told_of()
    {
        string[] words = [.. Enum.GetNames<LinkFault>(), .. Enum.GetNames<RelayRole>(), .. Enum.GetNames<Route>(), .. Enum.GetNames<FailureKind>()];
        foreach (string word in words) Document.Should().Contain($"`{JsonNamingPolicy.SnakeCaseLower.ConvertName(word)}`");
    }

    /// <summary>The fields that every event of the family has are told of once.</summary>
    private static string[] Common(Type family) => [.. Fields(family)];

    private static IEnumerable<string> Fields(Type type) => type.GetProperties().Where(p => p.GetCustomAttribute<JsonIgnoreAttribute>() is null && p.Name != "EqualityContract")
        .Select(p => p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name));
}
