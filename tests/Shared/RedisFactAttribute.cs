namespace TreePush.Testing;

/// <summary>A test that needs a real Redis server: skipped, with what the machine lacks for one, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RedisFactAttribute : FactAttribute
{
    /// <param name="programs">What else must be on the machine, as listed in tests/needs.txt.</param>
    public RedisFactAttribute(params string[] programs) => Skip = Needs.MissingOf(programs) ?? RedisServer.MissingRequirement();
}
