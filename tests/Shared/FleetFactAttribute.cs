namespace TreePush.Testing;

/// <summary>A test that needs real ssh hosts: skipped, with what the machine lacks for them, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FleetFactAttribute : FactAttribute
{
    /// <param name="programs">What else must be on the machine, by full path.</param>
    public FleetFactAttribute(params string[] programs) =>
        Skip = Fleet.MissingRequirement() ?? programs.Where(p => !File.Exists(p)).Select(p => $"There is no {p}.").FirstOrDefault();
}
