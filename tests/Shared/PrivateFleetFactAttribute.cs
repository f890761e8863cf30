namespace TreePush.Testing;

/// <summary>As <see cref="FleetFactAttribute"/>, for tests whose hosts have a network of their own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrivateFleetFactAttribute : FactAttribute
{
    /// <param name="programs">What else must be on the machine, by full path.</param>
    public PrivateFleetFactAttribute(params string[] programs) =>
        Skip = Fleet.MissingRequirement(NetworkKind.Private) ?? new FleetFactAttribute(programs).Skip;
}
