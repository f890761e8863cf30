namespace TreePush.Testing.Tests;

/// <summary>What no test may do, as it would pass without testing anything.</summary>
public sealed class HouseRules
{
    /// <summary>An empty collection contains only whatever one likes.</summary>
    [Fact]
    public void Tests_say_how_many_there_are_before_they_say_what_all_are_like() =>
        TestSources.All().Where(source => source.Text.Contains($"Should().{"OnlyContain"}(", StringComparison.Ordinal)).Select(source => source.File)
            .Should().BeEmpty("NotBeEmpty() or HaveCount() goes before OnlyContain");
}
