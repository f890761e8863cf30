using System.CommandLine;
using TreePush.Cli.Commands.Running;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>The options of <c>sync</c>.</summary>
internal sealed class SyncOptions
{
    public RunOptions Run { get; } = new()
    {
        Sources = NewOption.Many("--source", "-s", "HOSTS", "Hosts that have SRC: [user@]host[:port],... with ranges; several serve at once [default: local, this machine, without ssh]"),
        Exclude = NewOption.Many("--exclude-hosts", "-x", "HOSTS", "Hosts to leave out of the targets"),
        ConnectTimeout = NewOption.One("--connect-timeout", "-t", "TIME", "The limit for a connection to a host [default: 10s]"),
        Identity = NewOption.One("--identity", "-i", "FILE", "A private key to log in to the hosts with"),
        NoShare = NewOption.Flag("--no-share", null, "Make an ssh connection for each thing done on a host in place of sharing one"),
        DryRun = NewOption.Flag("--dry-run", "-n", "Ask every host what it would receive and lose; change nothing there"),
        Resume = NewOption.One("--resume", null, "RUN|last", "Go on with an earlier run: its SRC and DEST, for the targets that are left"),
    };

    public Argument<string?> Source { get; } = new("source")
    {
        Description = "A file or directory on the sources; of a directory the contents are meant, with or without a slash at the end. On a host, a path without a slash in front begins at the login's home. "
            + "Hard links become files of their own; extended attributes and ACLs are not kept; sockets, pipes and devices are skipped",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "SRC",
    };

    public Argument<string?> Destination { get; } = new("destination")
    {
        Description = "What becomes equal to SRC on every target; where SRC is a file and DEST ends in a slash, the directory that it comes into. "
            + "$TPUSH_HOST, $TPUSH_PORT, $TPUSH_USER and $TPUSH_<NAME> for each field that -f names are replaced for each target (single quotes keep your shell from it)",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "DEST",
    };

    public Option<bool> Delete { get; } = NewOption.Flag("--delete", null, "Delete from DEST what SRC has not, after all of the host's files are in place");

    public Option<string?> MaxDelete { get; } = NewOption.One("--max-delete", null, "N", "A host that would lose more than N entries loses none, and fails with the rest in place");

    public Option<bool> Checksum { get; } = NewOption.Flag("--checksum", "-c", "Compare contents; otherwise files of equal size and time are taken for equal");

    public Option<string[]> Exclude { get; } = NewOption.Many("--exclude", null, "PATTERN", "Leave paths out, of SRC and of what --delete deletes; * ? [a-z] and ** as for rsync, a slash in front ties it to SRC");

    public Option<string[]> Include { get; } = NewOption.Many("--include", null, "PATTERN", "Don't leave these out; of all --exclude and --include the first that matches decides");

    public Option<bool> Owner { get; } = NewOption.Flag("--owner", null, "Keep owner, group and set-id bits too: by name, and where a target has no such name by number; needs root on the targets where others than the login own files");

    public Option<bool> Force { get; } = NewOption.Flag("--force", null, "Let a file take the place of a directory, or a directory that of a file; let --delete empty DEST, or work in a directory as /, /etc or a home");

    public Option<bool> OneFileSystem { get; } = NewOption.Flag("--one-file-system", null, "Leave alone what is below mount points, in SRC and in what --delete deletes");

    public Option<bool> Sudo { get; } = NewOption.Flag("--sudo", null, "Read and write as root, by sudo -n on every host");

    public Option<bool> Compress { get; } = NewOption.Flag("--compress", "-z", "Compress, once and at the source; what is compressed already is left alone");

    public Option<string?> BandwidthLimit { get; } = NewOption.One("--bwlimit", null, "RATE", "What each host may send at most: 100Mbit, or bytes a second: 12M, 110MB/s; a number alone is KiB a second, as for rsync; 0 is no limit [default: 0]");

    public Option<string?> Topology { get; } = NewOption.One("--topology", null, "auto|chain[:N]|tree[:K]", "How the hosts stand: N chains from each source, or a tree where every host serves K others [default: auto]");

    public Option<string?> DataChannel { get; } = NewOption.One("--data-channel", null, "tls|plain", "How hosts talk to each other; plain is neither secret nor safe from strangers on the way, for networks that you trust [default: tls]");

    public Option<string?> Failover { get; } = NewOption.One("--failover", null, "sources|any", "Which host that has everything may take the place of a source that is lost: it decides what the files are from then on [default: sources]");

    public Option<string?> PortRange { get; } = NewOption.One("--port-range", null, "A-B", "The ports that hosts listen at for each other, where a firewall lets only some through [default: any]");

    public Option<bool> NoFsync { get; } = NewOption.Flag("--no-fsync", null, "Don't wait until files are on the disk: faster, but a host that loses power soon afterwards may have lost or damaged files that later runs take for equal");

    public IReadOnlyList<OptionGroup> Groups =>
    [
        Run.HostGroup,
        new("What is brought", [Delete, MaxDelete, Checksum, Exclude, Include, OneFileSystem, Owner, Force, Sudo]),
        new("How it is brought", [Compress, BandwidthLimit, Topology, DataChannel, PortRange, Failover, NoFsync, Run.MinSuccess]),
        Run.ConnectionGroup(lendsAgent: false),
        Run.RunGroup,
        Run.OutputGroup,
    ];
}
