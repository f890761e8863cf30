using System.Globalization;
using TreePush.Core.Configs;
using TreePush.Core.Hosts;
using TreePush.Core.Manifests;
using TreePush.Core.Syncing;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>Reads the values of options that only sync has, and collects the problems.</summary>
internal sealed class SyncValues(List<Problem> problems)
{
    /// <summary>A rate in bytes per second. A plain number is KiB per second, as in rsync; 0 means no limit.</summary>
    public long? BandwidthLimit(string option, string? text)
    {
        if (text is null) return null;
        bool isNumber = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        bool valid = isNumber || Quantity.TryRate(text, out number);
        double rate = isNumber ? number * 1024 : number;
        if (valid && rate is 0 or >= 1 and < long.MaxValue) return (long)rate;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a rate", "for example 100Mbit, or bytes per second: 12M, 110MB/s; a plain number is KiB per second"));
        return null;
    }

    public Topology? Topology(string option, string? text)
    {
        if (text is null) return null;
        if (Core.Syncing.Topology.TryParse(text, out var topology)) return topology;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a topology",
            "auto; chain, or chain:4 for four chains from each source; tree, or tree:3 for a tree in which every host serves three others"));
        return null;
    }

    public bool? IsPlain(string option, string? text)
    {
        if (text is null or "tls" or "plain") return text is null ? null : text == "plain";
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is neither 'tls' nor 'plain'"));
        return null;
    }

    public Failover? Failover(string option, string? text)
    {
        if (text is null) return null;
        if (text is "sources" or "any") return text == "any" ? Core.Syncing.Failover.Any : Core.Syncing.Failover.Sources;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is neither 'sources' nor 'any'"));
        return null;
    }

    public PortRange? Ports(string option, string? text)
    {
        if (text is null) return null;
        string[] ends = text.Split('-');
        if (ends.Length <= 2 && HostSyntax.TryPort(ends[0], out int first) && HostSyntax.TryPort(ends[^1], out int last) && first <= last) return new PortRange(first, last);
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a range of ports", "for example 9000-9099"));
        return null;
    }

    public IReadOnlyList<PathRule> Rules(IEnumerable<PathRule> given)
    {
        var rules = given.ToList();
        problems.AddRange(PathFilter.Parse(rules.Select(r => (r.Include, r.Pattern))).Problems);
        return rules;
    }
}
