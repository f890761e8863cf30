namespace TreePush.Testing;

/// <summary>
/// Lets a host run programs for arm64. A kernel hands such programs to an emulator by a registration (binfmt_misc) that is the machine's and no host's; here
/// a library does it that all programs of the host's sessions have loaded: its execve starts qemu with the program that was asked for, and no other.
/// </summary>
/// <param name="root">A directory that the host sees at the same path.</param>
internal sealed class Arm64(string root)
{
    /// <summary>What <c>uname -m</c> prints on such a processor.</summary>
    public const string Processor = "aarch64";

    /// <summary>In which directory below lib Debian has its libraries.</summary>
    private const string Triplet = "aarch64-linux-gnu";

    private const string Loader = "ld-linux-aarch64.so.1";

    // qemu would pass the library on to the program, whose loader can't load it.
    private const string Source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <elf.h>
        #include <fcntl.h>
        #include <string.h>
        #include <unistd.h>

        static int is_foreign(const char *path)
        {
            Elf64_Ehdr header;
            int file = open(path, O_RDONLY | O_CLOEXEC);
            if (file < 0) return 0;
            ssize_t got = read(file, &header, sizeof header);
            close(file);
            return got == sizeof header && memcmp(header.e_ident, ELFMAG, SELFMAG) == 0 && header.e_machine == EM_AARCH64;
        }

        static int count(char *const list[])
        {
            int n = 0;
            while (list[n]) n++;
            return n;
        }

        int execve(const char *path, char *const arguments[], char *const environment[])
        {
            int (*next)(const char *, char *const[], char *const[]) = dlsym(RTLD_NEXT, "execve");
            if (!is_foreign(path)) return next(path, arguments, environment);
            if (access(path, X_OK) != 0) return -1;
            int n = count(arguments), m = 0;
            char *emulated[n + 4], *without[count(environment) + 1];
            emulated[0] = "qemu-aarch64-static";
            emulated[1] = "-0";
            emulated[2] = arguments[0];
            emulated[3] = (char *)path;
            for (int i = 1; i <= n; i++) emulated[3 + i] = arguments[i];
            for (; *environment; environment++)
                if (strncmp(*environment, "LD_PRELOAD=", 11) != 0) without[m++] = *environment;
            without[m] = NULL;
            return next("/usr/bin/qemu-aarch64-static", emulated, without);
        }
        """;

    /// <summary>What the machine must have, and that the libraries for arm64 were unpacked (tests/foreign.sh).</summary>
    private static readonly string[] Programs =
        ["gcc", "qemu-aarch64-static", $"artifacts/arm64/lib/{Triplet}/libc.so.6", $"artifacts/arm64/usr/lib/{Triplet}/libssl.so.3"];

    private string Emulation => Path.Combine(root, "arm64.so");

    private string Libraries => Path.Combine(root, Triplet);

    /// <summary>The line of sshd_config that has every session load the emulation.</summary>
    public string SshdLine => $"SetEnv LD_PRELOAD={Emulation}";

    /// <summary>What the machine lacks for it, in a sentence, or null.</summary>
    public static string? Missing() => Needs.MissingOf(Programs);

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        string source = Path.ChangeExtension(Emulation, "c");
        await File.WriteAllTextAsync(source, Source, cancellationToken);
        await Tool.RunAsync("gcc", ["-shared", "-fPIC", "-O1", "-o", Emulation, source], cancellationToken);
        Directory.CreateDirectory(Libraries);
        foreach (string library in Programs[^2..])
        {
            string directory = Path.GetDirectoryName(Needs.Find(library)!)!;
            foreach (string file in Directory.EnumerateFiles(directory, "*.so*"))
                File.Copy(file, Path.Combine(Libraries, Path.GetFileName(file)));
        }
    }

    /// <summary>Shows the host the loader and the libraries where such a machine has them.</summary>
    public async Task ShowAsync(Enclosure enclosure, HiddenPrograms covers, CancellationToken cancellationToken)
    {
        string lib = Directory.ResolveLinkTarget("/lib", returnFinalTarget: true)?.FullName ?? "/lib";
        await covers.ShowAsync(enclosure, lib, Triplet, Libraries, cancellationToken);
        await covers.ShowAsync(enclosure, lib, Loader, Path.Combine(Libraries, Loader), cancellationToken);
    }
}
