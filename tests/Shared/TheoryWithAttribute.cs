namespace TreePush.Testing;

/// <summary>Cases that need programs, which are skipped where the machine lacks one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithAttribute : TheoryAttribute
{
    /// <param name="programs">Their names, as listed in tests/needs.txt.</param>
    public TheoryWithAttribute(params string[] programs) => Skip = Needs.MissingOf(programs);
}
