namespace TreePush.Testing;

/// <summary>As <see cref="PrivateFleetFactAttribute"/>, for tests with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrivateFleetTheoryAttribute : TheoryAttribute
{
    public PrivateFleetTheoryAttribute() => Skip = Fleet.MissingRequirement(NetworkKind.Private);
}
