namespace TreePush.Testing;

/// <summary>As <see cref="FleetFactAttribute"/>, for tests whose hosts have a network of their own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrivateFleetFactAttribute : FactAttribute
{
    public PrivateFleetFactAttribute() => Skip = Fleet.MissingRequirement(NetworkKind.Private);
}
