using TreePush.Cli.Commands;
using TreePush.Cli.Tests.Commands;
using TreePush.Testing;

namespace TreePush.Cli.Tests.Packages;

/// <summary>
/// The package for Debian, installed by dpkg over this machine's own system and list of packages, so that what it depends on is looked up for real.
/// All that is written goes to memory, in a mount namespace that ends with the test: the machine stays as it is.
/// </summary>
public sealed class DebianPackageTests
{
    private const string Script = """
        set -e
        place=$1; root=$place/root
        mount -t tmpfs none "$place"
        mkdir "$place/upper" "$place/work" "$root"
        mount -t overlay overlay -o "lowerdir=/,upperdir=$place/upper,workdir=$place/work" "$root"
        mount -t proc proc "$root/proc"
        mount --rbind /dev "$root/dev"
        mkdir -p "$root/tmp"
        cp "$2" "$root/tmp/treepush.deb"
        inside() { chroot "$root" "$@"; }

        inside dpkg --no-triggers -i /tmp/treepush.deb
        echo "status: $(inside dpkg-query -W -f '${Status} ${Version}' treepush)"
        echo "version: $(inside treepush --version)"
        inside treepush 'echo pushed >/tmp/$TPUSH_HOST' -q -s local -w 192.0.2.1 --logdir /tmp/logs
        echo "push: $(cat "$root/tmp/192.0.2.1")"
        inside dpkg -L treepush

        inside dpkg --no-triggers --purge treepush
        echo "left: $(cd "$place/upper" && find usr etc -type f 2>/dev/null)"
        """;

    [DebianFact]
    public async Task Package_is_installed_runs_and_leaves_nothing_when_it_is_purged()
    {
        string place = Directory.CreateTempSubdirectory("treepush-deb-").FullName;
        string output = await Shell.RunAsync("unshare", ["--mount", "--fork", "sh", "-c", Script, "sh", place, PackageFolder.Only($"treepush_*_{Architecture}.deb")]);
        Directory.Delete(place);
        string[] lines = output.Split('\n');
        lines.Should().Contain([$"status: install ok installed {ToolPackage.Read("version")}", $"version: {PackageFolder.Version}", "push: pushed", "left: "], output);
        lines.Should().Contain([$"/usr/bin/{CommandTree.ProgramName}", "/usr/share/man/man1/treepush.1.gz", "/usr/share/doc/treepush/copyright", "/usr/share/bash-completion/completions/treepush"]);
    }

    private static string Architecture => PackageFactAttribute.ThisRuntime == "linux-x64" ? "amd64" : "arm64";

    /// <summary>A test that installs a package for Debian; it needs root, and dpkg.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class DebianFactAttribute : FactAttribute
    {
        public DebianFactAttribute() => Skip = Needs.MissingOf("chroot", "dpkg", "unshare") ?? Fleet.MissingRequirement() ?? PackageFolder.Missing(PackageFactAttribute.ThisRuntime);
    }
}
