namespace TreePush.Testing;

/// <summary>As <see cref="FleetFactAttribute"/>, for tests whose hosts have a network of their own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrivateFleetFactAttribute : FactAttribute
{
    /// <param name="programs">What else must be on the machine, as listed in tests/needs.txt.</param>
    public PrivateFleetFactAttribute(params string[] programs) =>
        Skip = Needs.MissingOf(programs) ?? Fleet.MissingRequirement(NetworkKind.Private);
}
