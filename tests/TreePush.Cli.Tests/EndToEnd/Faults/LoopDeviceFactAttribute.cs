using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Faults;

/// <summary>A test on hosts with networks of their own that mounts a file system from an image and freezes it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LoopDeviceFactAttribute : FactAttribute
{
    public LoopDeviceFactAttribute() =>
        Skip = Needs.MissingOf(["fsfreeze", "losetup", "mkfs.ext4", "mount"]) ?? Fleet.MissingRequirement(NetworkKind.Private)
            ?? (File.Exists("/dev/loop-control") ? null : "There are no loop devices here.");
}
