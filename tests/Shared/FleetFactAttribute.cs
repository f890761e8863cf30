namespace TreePush.Testing;

/// <summary>A test that needs real ssh hosts: skipped, with what the machine lacks for them, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FleetFactAttribute : FactAttribute
{
    /// <param name="programs">What else must be on the machine, as listed in tests/needs.txt.</param>
    public FleetFactAttribute(params string[] programs) => Skip = Needs.MissingOf(programs) ?? Fleet.MissingRequirement();
}
