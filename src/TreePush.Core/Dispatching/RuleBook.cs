namespace TreePush.Core.Dispatching;

/// <summary>The rules in their order: the first one that matches a file's name decides.</summary>
public sealed class RuleBook(IReadOnlyList<DispatchRule> rules)
{
    public IReadOnlyList<DispatchRule> Rules => rules;

    /// <returns>The rule, or null and the reason why there is none.</returns>
    public (DispatchRule? Rule, string? Fault) Match(string name)
    {
        foreach (var rule in rules)
            switch (rule.Pattern.Matches(name))
            {
                case true: return (rule, null);
                case null: return (null, $"matching the name against the rule {HostSyntax.Quoted(rule.Name)} took too long");
            }

        return (null, "no rule matches the name");
    }

    public DispatchRule? Find(string name) => rules.FirstOrDefault(r => r.Name == name);
}
