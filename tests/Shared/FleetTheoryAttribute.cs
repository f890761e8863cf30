namespace TreePush.Testing;

/// <summary>As <see cref="FleetFactAttribute"/>, for tests with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FleetTheoryAttribute : TheoryAttribute
{
    public FleetTheoryAttribute() => Skip = Fleet.MissingRequirement();
}
