namespace TreePush.Testing;

/// <summary>A test on hosts some of which have an arm64 processor, emulated, with networks of their own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class Arm64FactAttribute : FactAttribute
{
    /// <param name="programs">What else must be on the machine, as listed in tests/needs.txt.</param>
    public Arm64FactAttribute(params string[] programs) =>
        Skip = Needs.MissingOf(programs) ?? HostOptions.MissingArm64() ?? Fleet.MissingRequirement(NetworkKind.Private);
}
