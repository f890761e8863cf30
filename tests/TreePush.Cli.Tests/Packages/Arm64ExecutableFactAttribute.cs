using TreePush.Testing;

namespace TreePush.Cli.Tests.Packages;

/// <summary>A test that runs the executable for arm64 in qemu's user mode.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class Arm64ExecutableFactAttribute : FactAttribute
{
    private const string Libraries = "artifacts/arm64";

    public Arm64ExecutableFactAttribute() => Skip = HostOptions.MissingArm64()
        ?? Needs.MissingOf($"{Libraries}/lib/aarch64-linux-gnu/libgcc_s.so.1", $"{Libraries}/usr/lib/aarch64-linux-gnu/libstdc++.so.6")
        ?? PackageFolder.Missing("linux-arm64");
}
