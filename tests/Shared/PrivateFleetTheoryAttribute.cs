namespace TreePush.Testing;

/// <summary>As <see cref="PrivateFleetFactAttribute"/>, for tests with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PrivateFleetTheoryAttribute : TheoryAttribute
{
    /// <param name="programs">What the cases need besides, as listed in tests/needs.txt.</param>
    public PrivateFleetTheoryAttribute(params string[] programs) =>
        Skip = Needs.MissingOf(programs) ?? Fleet.MissingRequirement(NetworkKind.Private);
}
