using TreePush.Cli.Commands.Syncing;

namespace TreePush.Cli.Commands.Manual;

/// <summary>What the manual says in sentences, in the marks of <see cref="Roff"/>: *bold*, _italic_, and a doubled mark for itself.</summary>
internal static class ManualProse
{
    public static void Description(Roff roff) => roff.Section("DESCRIPTION")
        .Text("*treepush* brings files from one host, or a few, to many. It runs a command of yours, usually *rsync* or *scp*, "
            + "on a host that has the files, once for each host that wants them. A host that has been served becomes a source for others, "
            + "so that the number of sources grows with every round, and the time grows with the logarithm of the number of hosts.")
        .Paragraph("It runs on one machine, the controller, and needs nothing on the others but *sshd* and a POSIX shell. The controller moves no "
            + "file itself: it connects to sources through your own *ssh* with all that your ssh__config says. "
            + "Each source connects to its targets by what your command says; give it a key for that, or lend it your agent with *-A*.")
        .Paragraph("Hosts near to each other serve each other: the first copies go to different zones, later ones stay inside. A zone is what the list's field "
            + "_zone_ says, else the /24 of an IPv4 address, the /64 of an IPv6 address, or the domain of a name.")
        .Paragraph("A failed target is tried again as often as *-r* says, from another source where there is one. A source that can't be reached, or that fails "
            + "several targets in a row, is set aside, and that is not held against its targets.")
        .Paragraph("Targets whose ssh ports answer are served first: at the start of a run the controller connects to each port for a moment, and their *sshd* may log "
            + "that. Those that do not answer within a second are tried last, but they are tried: sources may reach hosts that the controller can't.");

    public static void Variables(Roff roff) => roff.Section("VARIABLES")
        .Text("The command is run by *sh* on the source, with its standard input empty and these variables in its environment. Put the command in single "
            + "quotes, so that they are not replaced before. Their values are never read by a shell as anything but text.")
        .Item("*TPUSH__HOST*", "The target, as its list has it.")
        .Item("*TPUSH__PORT*", "Its ssh port; 22 where the list names none.")
        .Item("*TPUSH__USER*", "Its login name; where the list names none, the one that *ssh* on the source would take.")
        .Item("*TPUSH__SRC*", "The source that the command runs on.")
        .Item("*TPUSH__*_NAME_", "The target's field _name_, for each name that *-f* gives.");

    public static void HostLists(Roff roff) => roff.Section("HOST LISTS")
        .Text("A list has one host a line, its fields between white space; '#' begins a comment line. *-f* names the fields, _host,port,user_ where it is not given. "
            + "A file whose name ends in _.csv_ is read as CSV; its first row may name the fields. A '-' stands for a port or user that is not given.")
        .Paragraph("On the command line hosts are written _[user@]host[:port]_, several with commas between them. Brackets hold ranges: _web[01-12].example_, "
            + "_10.0.0.[1-9,12]_. An IPv6 address stands in brackets: _[fe80::1]:22_.");

    public static void Sync(Roff roff) => roff.Section("SYNC")
        .Text("*treepush sync* makes _DEST_ on every target equal to _SRC_ on the sources, in about the time that it takes to bring it to one. A small program, the relay, "
            + "is put on each host where it is not there yet (_~/.cache/treepush_, or a folder in _/var/tmp_ or _/tmp_), over ssh or by a host that has it, and runs for the length of the run. The hosts stand in a chain, or in several; each "
            + "passes a piece of a file on as soon as it has received it, and a host that has a file already serves it. Every host receives what it lacks, once.")
        .Paragraph("Where _SRC_ is a directory, its contents become those of _DEST_; there is no difference between _SRC_ with and without a slash at the end. Where it is a "
            + "file, _DEST_ is that file, or the directory that it comes into if it ends in a slash. A directory never takes the place of a file, nor a file that of a directory, "
            + "without *--force*. Kept are modes, times (from 1677 to 2262), symbolic links and empty directories, and owners with *--owner*. Not kept are hard links (each name becomes a "
            + "file of its own), extended attributes and ACLs. Sockets, pipes and devices are skipped, and never deleted at targets. Files of equal size and time are taken for equal, "
            + "unless *--checksum* is given. A file appears under its name when it is whole and on the disk, and deletions come last. "
            + "A target is delivered when all of it is on the disk: a power cut takes nothing of it. *--no-fsync* does not wait for that.")
        .Paragraph("A path that can't be written or deleted is reported, everything else is brought, and the host fails at the end; after a path that could not be written nothing is "
            + "deleted there. With *--max-delete* a host that would lose more entries than that loses none. Without *--force*, *--delete* does nothing where _SRC_ is empty or all of "
            + "it is excluded, nor where _DEST_ is a directory of the system (_/_, _/etc_, _/usr_, _/home_, _/var_ and others) or the login's home, under whatever path; *-n* tells so too.")
        .Paragraph("If a source can't read something, the rest is brought, nothing is deleted on any target, and the exit status is 3, with *-n* too. A file counts as deleted "
            + "only if its directory is readable and no longer lists it. A mount point below _DEST_ is never emptied to be deleted; with *--one-file-system* nothing below mount points is brought or deleted.")
        .Paragraph("_DEST_ may use the variables of each target: _$TPUSH__HOST_, _$TPUSH__PORT_, _$TPUSH__USER_, and _$TPUSH__NAME_ for each name that *-f* gives. "
            + "They are replaced by *treepush* itself, and their values are never read by a shell; a value that is empty, or that would make _._ or _.._ a part of the path, is "
            + "refused. A dollar sign of the path itself is written _$$_.")
        .Paragraph("Hosts need no trust in each other: what they send is encrypted, bound to keys that this machine handed out, and checked piece by piece against what the "
            + "source signed. A host that dies is cut out, a slow one moved to where it holds nobody back. *-n* asks every host what it would receive and lose.");

    public static void Files(Roff roff) => roff.Section("FILES")
        .Item("_logs/RUN/_", "A run's folder, named by its time; *--logdir* puts it elsewhere than into _logs_. Only its owner can read it.")
        .Item("_logs/RUN/run.jsonl_", "The run's journal: all events, one JSON object a line. *--resume* reads it.")
        .Item("_logs/RUN/TARGET__from__SOURCE.log_", "What the command printed for that target.")
        .Item("_logs/RUN/failed.txt_, _logs/RUN/not-tried.txt_", "Who was not served, as lists for *-l*, in the format of the run's own list (_.csv_ where that was CSV).");

    public static void Typed(Roff roff)
    {
        roff.Section("WHILE IT RUNS").Text("The first ^C lets transfers end that are under way and starts no more; the second ends them. "
            + "On a terminal these lines can be typed:");
        Items(roff, PushPrompt.Help);
        roff.Paragraph("And while a *sync* runs:");
        Items(roff, SyncPrompt.Help);
    }

    private static void Items(Roff roff, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            int gap = line.IndexOf("  ", StringComparison.Ordinal);
            roff.Item($"*{line[..gap]}*", Sentence(line[gap..].Trim()));
        }
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";
}
