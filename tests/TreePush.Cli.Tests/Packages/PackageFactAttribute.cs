using System.Runtime.InteropServices;
using TreePush.Testing;

namespace TreePush.Cli.Tests.Packages;

/// <summary>A test of what packaging/build.sh has built: skipped, with what to do, where it was not run.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PackageFactAttribute : FactAttribute
{
    /// <param name="programs">What must be on the machine, as listed in tests/needs.txt.</param>
    public PackageFactAttribute(params string[] programs) => Skip = Needs.MissingOf(programs) ?? PackageFolder.Missing(ThisRuntime);

    /// <summary>This machine's.</summary>
    public static string ThisRuntime { get; } = $"linux-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
}
