using System.Net;
using TreePush.Core.Hosts;
using TreePush.Core.Queueing;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>How this host is called in tasks.</summary>
internal static class HostSettings
{
    private const int LongestZone = 100;

    public static string Name(string? given, List<Problem> problems)
    {
        string name = given ?? Dns.GetHostName();
        if (AgentName.Fault(name) is { } fault) problems.Add(new Problem("--name", $"{HostSyntax.Quoted(name)} {fault}", given is null ? "--name gives this host another name" : null));
        return name;
    }

    public static string? Zone(string? given, List<Problem> problems)
    {
        if (given is not null && (given.Length is 0 or > LongestZone || given.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or '/' or ':'))))
            problems.Add(new Problem("--zone", $"{HostSyntax.Quoted(given)} is no zone: letters, digits and .-_/: may be in it"));
        return given;
    }
}
