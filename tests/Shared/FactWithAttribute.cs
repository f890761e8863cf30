namespace TreePush.Testing;

/// <summary>A test that needs programs of the machine: skipped, with what to install, where one is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithAttribute : FactAttribute
{
    /// <param name="programs">Their names, as listed in tests/needs.txt.</param>
    public FactWithAttribute(params string[] programs) => Skip = Needs.MissingOf(programs);
}
