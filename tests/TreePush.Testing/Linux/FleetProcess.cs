namespace TreePush.Testing;

/// <summary>A process on a host or on the controller.</summary>
/// <param name="Id">Its id as the tests see it.</param>
/// <param name="IdOnHost">Its id as the host itself sees it; the same on the controller.</param>
/// <param name="State">The letter that Linux uses: R running, S and D sleeping, T stopped, Z dead but not yet collected.</param>
/// <param name="Name">What the kernel calls it: the file name of its program, cut off after 15 characters.</param>
/// <param name="CommandLine">Program and arguments, separated by spaces; empty for one that is dead.</param>
public sealed record FleetProcess(int Id, int IdOnHost, char State, string Name, string CommandLine)
{
    internal const int MaxNameLength = 15;
}
