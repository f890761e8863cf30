using TreePush.Core.Hosts;

namespace TreePush.Engine.Hosts;

/// <summary>A host list and its format, so that another list can be written in the same format.</summary>
public sealed record ReadHostList(HostList List, ListFormat Format)
{
    public static ReadHostList Unusable(Problem problem) => new(new HostList([], [problem], []), ListFormat.Default);
}
