using TreePush.Core.Hosts;

namespace TreePush.Engine.Pushing;

/// <summary>The environment variables of a transfer's command.</summary>
public static class TransferVariables
{
    /// <summary>
    /// The variables by name. TPUSH_USER is missing if the target names no user: the source's ssh is asked for it then.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(Host source, Host target)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in target.Variables) variables["TPUSH_" + name] = value;
        variables["TPUSH_SRC"] = source.Address;
        foreach (string field in new[] { "HOST", "PORT", "USER" })
            if (target.Field(field) is { } value) variables["TPUSH_" + field] = value;
        return variables;
    }
}
