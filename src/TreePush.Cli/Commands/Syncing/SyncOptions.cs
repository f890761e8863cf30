using System.CommandLine;
using TreePush.Cli.Commands.Running;

namespace TreePush.Cli.Commands.Syncing;

/// <summary>The options of <c>sync</c>.</summary>
internal sealed class SyncOptions
{
    public RunOptions Run { get; } = new()
    {
        Sources = NewOption.Many("--source", "-s", "HOSTS", "The hosts that have SRC: [user@]host[:port],... with ranges; several hosts serve at once [default: local, which is this machine, without ssh]"),
        Exclude = NewOption.Many("--exclude-hosts", "-x", "HOSTS", "Remove these hosts from the targets"),
        ConnectTimeout = NewOption.One("--connect-timeout", "-t", "TIME", "Give up a connection to a host after TIME [default: 10s]"),
        Identity = NewOption.One("--identity", "-i", "FILE", "Log in to the hosts with this private key"),
        NoShare = NewOption.Flag("--no-share", null, "Open an ssh connection for each action on a host instead of sharing one"),
        DryRun = NewOption.Flag("--dry-run", "-n", "Ask every host what it would receive and delete; change nothing there"),
        Resume = NewOption.One("--resume", null, "RUN|last", "Continue an earlier run, with its SRC and DEST, for the targets that are left"),
    };

    public Argument<string?> Source { get; } = new("source")
    {
        Description = "A file or directory on the sources. If it is a directory, its contents are copied, with or without a slash at the end. On a host, a relative path begins at the login's home directory. "
            + "Hard links become separate files; extended attributes and ACLs are not kept; sockets, pipes and devices are skipped",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "SRC",
    };

    public Argument<string?> Destination { get; } = new("destination")
    {
        Description = "The path that becomes equal to SRC on every target. If SRC is a file and DEST ends in a slash, the file is copied into the directory DEST. "
            + "$TPUSH_HOST, $TPUSH_PORT, $TPUSH_USER and $TPUSH_<NAME> for each field that -f names are replaced for each target (use single quotes, or your shell replaces them)",
        Arity = ArgumentArity.ZeroOrOne,
        HelpName = "DEST",
    };

    public Option<bool> Delete { get; } = NewOption.Flag("--delete", null, "Delete extraneous files from DEST, after all files of the host are in place");

    public Option<string?> MaxDelete { get; } = NewOption.One("--max-delete", null, "N", "Delete nothing on a host that would lose more than N entries; that host fails, with everything else in place");

    public Option<bool> Checksum { get; } = NewOption.Flag("--checksum", "-c", "Compare contents; without this option, files with equal size and mtime are skipped");

    public Option<string[]> Exclude { get; } = NewOption.Many("--exclude", null, "PATTERN", "Neither copy nor delete paths that match; * ? [a-z] and ** as in rsync, a leading slash anchors the pattern at SRC");

    public Option<string[]> Include { get; } = NewOption.Many("--include", null, "PATTERN", "Do not exclude paths that match; the first --exclude or --include that matches a path decides");

    public Option<bool> Owner { get; } = NewOption.Flag("--owner", null, "Keep owner, group and set-id bits too: by name, or by number if a target has no such name; needs root on the targets if the login does not own all files");

    public Option<bool> Force { get; } = NewOption.Flag("--force", null, "Allow a file to replace a directory and a directory to replace a file; allow --delete to empty DEST and to work in system directories (/, /etc) and in a home directory");

    public Option<bool> OneFileSystem { get; } = NewOption.Flag("--one-file-system", null, "Neither copy nor delete anything below mount points");

    public Option<bool> Sudo { get; } = NewOption.Flag("--sudo", null, "Read and write as root, through sudo -n on every host");

    public Option<bool> Compress { get; } = NewOption.Flag("--compress", "-z", "Compress once, at the source; data that is compressed already is sent as it is");

    public Option<string?> BandwidthLimit { get; } = NewOption.One("--bwlimit", null, "RATE", "Limit the rate at which each host sends: 100Mbit, or bytes per second: 12M, 110MB/s; a plain number is KiB per second, as in rsync; 0 means no limit [default: 0]");

    public Option<string?> Topology { get; } = NewOption.One("--topology", null, "auto|chain[:N]|tree[:K]", "How the hosts are connected: N chains from each source, or a tree in which every host serves K others [default: auto]");

    public Option<string?> DataChannel { get; } = NewOption.One("--data-channel", null, "tls|plain", "How hosts connect to each other; plain does not encrypt and does not keep out others on the network: use it only in networks that you trust [default: tls]");

    public Option<string?> Failover { get; } = NewOption.One("--failover", null, "sources|any", "Which hosts may replace a source that is lost, if they have everything; the replacement decides the contents of the files from then on [default: sources]");

    public Option<string?> PortRange { get; } = NewOption.One("--port-range", null, "A-B", "Let hosts listen for each other only on these ports, for firewalls that open only some ports [default: any port]");

    public Option<bool> NoFsync { get; } = NewOption.Flag("--no-fsync", null, "Do not wait until files are on the disk. This is faster, but a power cut soon afterwards may lose or damage files, and later runs may skip damaged files as equal");

    public IReadOnlyList<OptionGroup> Groups =>
    [
        Run.HostGroup,
        new("What is copied", [Delete, MaxDelete, Checksum, Exclude, Include, OneFileSystem, Owner, Force, Sudo]),
        new("How it is copied", [Compress, BandwidthLimit, Topology, DataChannel, PortRange, Failover, NoFsync, Run.MinSuccess]),
        Run.ConnectionGroup(lendsAgent: false),
        Run.RunGroup,
        Run.OutputGroup,
    ];
}
