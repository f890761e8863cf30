using TreePush.Core.Hosts;

namespace TreePush.Engine.Hosts;

/// <summary>A host list, and how it was written, so that another can be written like it.</summary>
public sealed record ReadHostList(HostList List, ListFormat Format)
{
    public static ReadHostList Unusable(Problem problem) => new(new HostList([], [problem], []), ListFormat.Default);
}
