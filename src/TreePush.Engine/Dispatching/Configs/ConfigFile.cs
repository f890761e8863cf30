using System.Text;
using TreePush.Core.Configs;
using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Engine.Configs;

namespace TreePush.Engine.Dispatching.Configs;

/// <summary>
/// Reads a dispatcher's configuration: YAML, or the INI files of old. Whoever can write it decides what is run on every host, so
/// a file that others can write is refused, and so is one with secrets that others can read.
/// </summary>
public static class ConfigFile
{
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OthersRead = UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <returns>What the file says, as far as it could be understood, and all that is wrong with it.</returns>
    public static (DispatchConfig Config, IReadOnlyList<Problem> Problems) Read(string path)
    {
        string text;
        UnixFileMode mode;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            mode = OperatingSystem.IsWindows() ? UnixFileMode.UserRead : File.GetUnixFileMode(file.SafeFileHandle);
            using var reader = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
            text = reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            string reason = e is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : e is DecoderFallbackException ? "it is not UTF-8 text" : e.Message;
            return (new DispatchConfig(), [new Problem(path, $"the configuration can't be read: {reason}")]);
        }

        var (config, problems) = Understand(path, text);
        return (config, [.. problems, .. Exposures(path, mode, config.HasSecrets)]);
    }

    private static (DispatchConfig Config, IEnumerable<Problem> Problems) Understand(string path, string text)
    {
        var reader = new DispatchConfigReader(path);
        if (IniFile.Is(text))
        {
            var (sections, faults) = IniFile.Read(path, text);
            var rules = reader.ReadIni(sections);
            return (rules, [.. faults, .. reader.Problems]);
        }

        var (map, problems) = YamlFile.Read(path, text);
        if (map is null) return (new DispatchConfig(), problems);
        var config = reader.ReadYaml(map);
        return (config, reader.Problems);
    }

    private static IEnumerable<Problem> Exposures(string path, UnixFileMode mode, bool hasSecrets)
    {
        if ((mode & OthersWrite) != 0) yield return new Problem(path, "others can write to the file, and so decide what is run on your hosts", $"chmod go-w {path}");
        if (hasSecrets && (mode & OthersRead) != 0) yield return new Problem(path, "others can read the file, and it holds secrets", $"chmod 600 {path}");
    }
}
