namespace TreePush.Testing;

/// <summary>A test with real agents: skipped, with what the machine lacks for them, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AgentFactAttribute : FactAttribute
{
    /// <param name="programs">What else must be on the machine, as listed in tests/needs.txt.</param>
    public AgentFactAttribute(params string[] programs) => Skip = Needs.MissingOf(programs) ?? AgentFleet.MissingRequirement();
}
