namespace TreePush.Testing;

/// <summary>What is printed of a tree besides names, kinds, contents and where links lead.</summary>
[Flags]
public enum TreeAspects
{
    None = 0,

    /// <summary>Permissions of files and directories, with setuid, setgid and sticky.</summary>
    Modes = 1,

    FileTimes = 2,

    DirectoryTimes = 4,

    LinkTimes = 8,

    /// <summary>Numbers of user and group.</summary>
    Owners = 16,

    /// <summary>All that a copy is to have in common with its original where owners are not kept.</summary>
    Usual = Modes | FileTimes | DirectoryTimes | LinkTimes,

    All = Usual | Owners,
}
