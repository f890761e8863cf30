using System.CommandLine;
using System.CommandLine.Parsing;
using TreePush.Cli.Commands.Running;
using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>
/// The parsed values of sync's options. Options that the user did not give are null, so that a resumed run keeps its own
/// values.
/// </summary>
internal sealed record SyncSettings
{
    public required RunSettings Run { get; init; }

    /// <summary>All problems with the values.</summary>
    public required IReadOnlyList<Problem> Problems { get; init; }

    public string? Source { get; private init; }

    public string? Destination { get; private init; }

    public bool Delete { get; private init; }

    /// <summary>Null if not given.</summary>
    public int? MaxDelete { get; private init; }

    public bool Checksum { get; private init; }

    public bool Owner { get; private init; }

    public bool Force { get; private init; }

    public bool OneFileSystem { get; private init; }

    public bool Sudo { get; private init; }

    public bool Compress { get; private init; }

    public bool NoFsync { get; private init; }

    /// <summary><c>--exclude</c> and <c>--include</c> as they were typed, in order.</summary>
    public IReadOnlyList<PathRule> Rules { get; private init; } = [];

    /// <summary>Bytes per second; 0 for no limit, null if not given.</summary>
    public long? BandwidthLimit { get; private init; }

    public Topology? Topology { get; private init; }

    public bool? PlainChannel { get; private init; }

    public PortRange? Ports { get; private init; }

    public Failover? Failover { get; private init; }

    /// <summary>The given options that decide which files are copied: a resumed run has its own.</summary>
    public IReadOnlyList<string> OfWork { get; private init; } = [];

    /// <summary>The given options that only a sync has.</summary>
    public IReadOnlyList<string> Own { get; private init; } = [];

    public static SyncSettings Read(SyncOptions options, ParseResult parsed)
    {
        var problems = new List<Problem>();
        var values = new ValueReader(problems);
        var shape = new SyncValues(problems);
        Option[] ofWork = [options.Delete, options.Exclude, options.Include, options.OneFileSystem, options.Owner];
        Option[] ofWay = [options.MaxDelete, options.Checksum, options.Force, options.Sudo, options.Compress, options.BandwidthLimit, options.Topology, options.DataChannel, options.PortRange, options.Failover, options.NoFsync];
        return new SyncSettings
        {
            Run = RunSettings.Read(options.Run, parsed, values),
            Problems = problems,
            Source = parsed.GetValue(options.Source),
            Destination = parsed.GetValue(options.Destination),
            Delete = parsed.GetValue(options.Delete),
            MaxDelete = values.Number("--max-delete", parsed.GetValue(options.MaxDelete), 0, int.MaxValue - 1),
            Checksum = parsed.GetValue(options.Checksum),
            Owner = parsed.GetValue(options.Owner),
            Force = parsed.GetValue(options.Force),
            OneFileSystem = parsed.GetValue(options.OneFileSystem),
            Sudo = parsed.GetValue(options.Sudo),
            Compress = parsed.GetValue(options.Compress),
            NoFsync = parsed.GetValue(options.NoFsync),
            Rules = shape.Rules(ReadRules(options, parsed)),
            BandwidthLimit = shape.BandwidthLimit("--bwlimit", parsed.GetValue(options.BandwidthLimit)),
            Topology = shape.Topology("--topology", parsed.GetValue(options.Topology)),
            PlainChannel = shape.IsPlain("--data-channel", parsed.GetValue(options.DataChannel)),
            Ports = shape.Ports("--port-range", parsed.GetValue(options.PortRange)),
            Failover = shape.Failover("--failover", parsed.GetValue(options.Failover)),
            OfWork = CommandPage.Given(parsed, ofWork),
            Own = CommandPage.Given(parsed, [.. ofWork, .. ofWay]),
        };
    }

    /// <summary>
    /// The rules of both options in the order of the command line. The parser keeps the values of each option separately,
    /// so the order comes from the tokens.
    /// </summary>
    private static IEnumerable<PathRule> ReadRules(SyncOptions options, ParseResult parsed)
    {
        bool? include = null;
        foreach (var token in parsed.Tokens)
        {
            if (token.Type == TokenType.Option) include = token.Value == options.Include.Name ? true : token.Value == options.Exclude.Name ? false : null;
            else if (include is { } kind)
            {
                yield return new PathRule(kind, token.Value);
                include = null;
            }
        }
    }
}
