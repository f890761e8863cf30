using TreePush.Cli.Commands.Syncing;

namespace TreePush.Cli.Commands.Manual;

/// <summary>The prose of the manual page, with the marks of <see cref="Roff"/>: *bold*, _italic_, and a doubled mark for the mark itself.</summary>
internal static class ManualProse
{
    public static void Description(Roff roff) => roff.Section("DESCRIPTION")
        .Text("*treepush* copies files from one host, or a few hosts, to many. It runs your own command, usually *rsync* or *scp*, on a host that has the files "
            + "(a source), once for each host that is to receive them (a target). A target that has been served becomes a source for others. So the number of sources grows "
            + "with every round, and the total time grows with the logarithm of the number of hosts.")
        .Paragraph("*treepush* runs on one machine, the controller. The other hosts need only *sshd*, a POSIX shell and the programs that the command uses. Unless the controller is a source, it does not "
            + "transfer the files of a push: it connects to the sources with your own *ssh* and your ssh__config. Each source connects to its targets with "
            + "your command. Give the sources a key for that, or forward your agent with *-A*.")
        .Paragraph("*treepush sync* needs no command of yours: see *SYNC*.")
        .Paragraph("Hosts that are near each other serve each other: the first copies go to different zones, later copies stay inside a zone. A zone is the value of the list's field "
            + "_zone_. Without that field, it is the /24 of an IPv4 address, the /64 of an IPv6 address, or the domain of a name.")
        .Paragraph("A failed target is retried up to *-r* times, from another source if there is one. A source that can't be reached, or that fails "
            + "several targets in a row, gets no more transfers. Its failures do not count against its targets.")
        .Paragraph("Targets whose ssh ports answer are served first. At the start of a run the controller connects to each ssh port for a moment, and the target's *sshd* may log "
            + "that. Targets that do not answer within a second are tried last. They are still tried, because sources may reach hosts that the controller can't reach.");

    public static void Variables(Roff roff) => roff.Section("VARIABLES")
        .Text("*sh* runs the command on the source. Its standard input is empty, and these variables are in its environment. Put the command in single "
            + "quotes, so that your own shell does not replace the variables. No shell interprets their values.")
        .Item("*TPUSH__HOST*", "The target, as the list gives it.")
        .Item("*TPUSH__PORT*", "The target's ssh port; 22 if the list gives none.")
        .Item("*TPUSH__USER*", "The target's login name. If the list gives none, it is the name that *ssh* on the source would use.")
        .Item("*TPUSH__SRC*", "The source on which the command runs.")
        .Item("*TPUSH__*_NAME_", "The target's field _name_, for each name that *-f* gives.");

    public static void HostLists(Roff roff) => roff.Section("HOST LISTS")
        .Text("A list has one host on each line. White space separates the fields; '#' begins a comment line. *-f* names the fields; the default is _host,port,user_. "
            + "A file whose name ends in _.csv_ is read as CSV; its first row may name the fields. A '-' means that no port or user is given.")
        .Paragraph("On the command line a host is written _[user@]host[:port]_. Commas separate hosts. Brackets hold ranges: _web[01-12].example_, "
            + "_10.0.0.[1-9,12]_. An IPv6 address is written in brackets: _[fe80::1]:22_.");

    public static void Sync(Roff roff) => roff.Section("SYNC")
        .Text("*treepush sync* makes _DEST_ on every target equal to _SRC_ on the sources, in about the time that one copy takes. A small program, the relay, "
            + "runs on each host during the run. A host that does not have the relay yet receives it over ssh or from a host that has it, into _~/.cache/treepush_ or a folder in "
            + "_/var/tmp_ or _/tmp_. The hosts form one chain or several. Each host passes a piece of a file on as soon as it has received the piece. A host that "
            + "already has a file serves it. Each host receives only what it lacks, once.")
        .Paragraph("If _SRC_ is a directory, its contents become the contents of _DEST_, with or without a slash at the end of _SRC_. If _SRC_ is a "
            + "file, _DEST_ is the new file; if _DEST_ ends in a slash, it is the directory into which the file is copied. A directory never replaces a file, and a file never "
            + "replaces a directory, without *--force*.")
        .Paragraph("Modes, times (from 1677 to 2262), symbolic links and empty directories are kept, and owners with *--owner*. Hard links (each name becomes a separate "
            + "file), extended attributes and ACLs are not kept. Sockets, pipes and devices are skipped, and never deleted at targets. Files with equal size and mtime are skipped "
            + "unless *--checksum* is given.")
        .Paragraph("A file gets its name when it is complete and on the disk. Extraneous files are deleted last. A target is delivered when all of its files are on the disk: "
            + "a power cut does not remove them. With *--no-fsync*, treepush does not wait for the disk.")
        .Paragraph("If a path can't be written or deleted on a host, treepush reports it, copies everything else, and the host fails at the end. If a path could not be written, nothing is "
            + "deleted on that host. With *--max-delete N*, a host that would lose more than N entries deletes nothing. Without *--force*, *--delete* does nothing if _SRC_ is empty or all of "
            + "it is excluded, and does nothing if _DEST_ is a system directory (_/_, _/etc_, _/usr_, _/home_, _/var_ and others) or the login's home directory, under any path. *-n* reports this too.")
        .Paragraph("If a source can't read something, everything else is copied, nothing is deleted on any target, and the exit status is 3, with *-n* too. A file counts as deleted "
            + "only if its directory is readable and no longer lists the file. A mount point below _DEST_ is never emptied in order to be deleted. With *--one-file-system* nothing below mount points is copied or deleted.")
        .Paragraph("_DEST_ may contain the variables of each target: _$TPUSH__HOST_, _$TPUSH__PORT_, _$TPUSH__USER_, and _$TPUSH__NAME_ for each name that *-f* gives. "
            + "*treepush* itself replaces them; no shell reads the values. A value that is empty, or that would make _._ or _.._ a part of the path, is "
            + "refused. Write _$$_ for a dollar sign in the path.")
        .Paragraph("Hosts do not need to trust each other. The data between them is encrypted with keys that the controller distributes, and each host checks each piece against a hash that the "
            + "source has signed. If a host dies, the hosts that received from it receive from another host. A slow host moves to where no host waits for it. *-n* asks every host what it would receive and delete.");

    public static void Dispatch(Roff roff) => roff.Section("DISPATCH")
        .Text("*treepush dispatch* takes files, finds out by rules where each belongs, delivers it there over ssh or FTP, and runs an install command. With *--watch* it takes each file that "
            + "arrives in a directory. A rule has a regular expression for the start of the file's name, hosts, a folder, and an install command. The first rule that matches decides. "
            + "The rules are YAML or INI; _docs/dispatch.md_ lists the keys.")
        .Paragraph("The install command finds the file in *TPUSH__FILE*, its folder in *TPUSH__DEST*, its name in *TPUSH__PACKAGE* and the host in *TPUSH__HOST*.")
        .Paragraph("A journal knows how far each package has come at each host. So no package is lost, and none is installed twice, whatever ends the dispatcher. If the dispatcher or the "
            + "connection is lost while an install command runs, the package is _unknown_ at that host, and nothing more happens until *retry --install* or *retry --installed*.");

    public static void Agents(Roff roff) => roff.Section("AGENTS")
        .Text("*treepush agent* runs on every host, as a service or with *--once* from cron. *treepush submit* makes a file a task on a Redis server: its path, size and SHA-256. Each agent pulls "
            + "the file from a host that has it, checks it, and is a source for the others from then on. No machine is special. A source serves *-m* hosts at a time; sources in the agent's own "
            + "zone come first. An agent that dies loses its place when its lease ends. _docs/agents.md_ tells how to set it up.")
        .Paragraph("The agent's own *--command* pulls the file; Redis names only paths, and the agent refuses those outside of its *--root* directories. The command finds the source in "
            + "*TPUSH__SRC*, this host in *TPUSH__HOST*, the file in *TPUSH__PATH*, the task in *TPUSH__TASK*, and the zone in *TPUSH__ZONE* if there is one. Without *--command*, rsync pulls from the "
            + "module _treepush_ of the source's rsync daemon.")
        .Paragraph("*TREEPUSH__REDIS* in the environment stands for *--redis*. A password belongs there or into *--redis-password-file*: all users can read arguments. "
            + "When SIGTERM stops an agent, the exit status is 0.");

    public static void Files(Roff roff) => roff.Section("FILES")
        .Item("_logs/RUN/_", "The folder of a run, named by its start time; *--logdir* names another directory than _logs_. Only its owner can read it.")
        .Item("_logs/RUN/run.jsonl_", "The journal of the run: all events, one JSON object on each line. *--resume* reads it.")
        .Item("_logs/RUN/TARGET__from__SOURCE.log_", "The output of the command for that target.")
        .Item("_logs/RUN/failed.txt_, _logs/RUN/not-tried.txt_", "The targets that were not served, as lists for *-l*, in the format of the run's own list (_.csv_ if that was CSV).")
        .Item("_~/.local/state/treepush/dispatch/_", "The folders of dispatchers, one for each file with rules; *--state* names another one. They hold _journal.jsonl_, private copies of packages, and the logs of install commands.")
        .Item("_~/.local/state/treepush/agent/_", "The locks of agents, and in _logs/_ the output of their transfers; *--state* and *--logdir* name other directories.");

    public static void Typed(Roff roff)
    {
        roff.Section("WHILE IT RUNS").Text("After the first ^C, running transfers end and no more start. The second ^C ends them. "
            + "On a terminal you can type these lines during a push:");
        Items(roff, PushPrompt.Help);
        roff.Paragraph("During a *sync*:");
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
