namespace TreePush.Testing;

/// <summary>As <see cref="FleetFactAttribute"/>, for tests with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FleetTheoryAttribute : TheoryAttribute
{
    /// <param name="programs">What the cases need besides, as listed in tests/needs.txt.</param>
    public FleetTheoryAttribute(params string[] programs) => Skip = Needs.MissingOf(programs) ?? Fleet.MissingRequirement();
}
