using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;

namespace TreePush.Cli.Commands.Dispatching;

/// <summary><c>treepush dispatch --check</c>: says what the rules are, and what would be done with files of some names.</summary>
internal sealed class DispatchCheck(RuleBook rules, DateTimeOffset now)
{
    private const int HostsShown = 8;

    /// <returns>The exit code.</returns>
    public int Show(IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            foreach (var rule in rules.Rules) Show(HostSyntax.Quoted(rule.Name), rule);
            return ExitCode.Success;
        }

        bool all = true;
        foreach (string name in names.Select(n => Path.GetFileName(n)))
        {
            var (rule, fault) = rules.Match(name);
            if (rule is null) Console.Out.WriteLine($"{DisplayText.Line(name)}: {fault}");
            else Show($"{DisplayText.Line(name)}: rule {HostSyntax.Quoted(rule.Name)}", rule);
            all &= rule is not null;
        }

        return all ? ExitCode.Success : ExitCode.Failed;
    }

    private void Show(string title, DispatchRule rule)
    {
        Console.Out.WriteLine(title);
        Console.Out.WriteLine($"  to       {string.Join(", ", rule.Hosts.Take(HostsShown).Select(Shown))}{(rule.Hosts.Count > HostsShown ? $" and {rule.Hosts.Count - HostsShown} more" : "")}");
        Console.Out.WriteLine($"  folder   {DisplayText.Line(rule.Folder.At(now))}");
        if (rule.InstallCommand is { } command) Console.Out.WriteLine($"  install  {DisplayText.Line(command)}");
    }

    private static string Shown(HostAccess host)
    {
        string user = host.Host.User is { } login ? login + "@" : "";
        string way = host.Via == Transport.Ssh ? "" : $" by {host.Via.ToString().ToLowerInvariant()}";
        return $"{user}{host.Host}{way}{(host.Password is null ? "" : ", with a password")}";
    }
}
