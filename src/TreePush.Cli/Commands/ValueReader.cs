using System.Globalization;
using TreePush.Core.Configs;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Cli.Commands;

/// <summary>Reads the values of options, and collects the problems, so that the user sees all of them at once.</summary>
internal sealed class ValueReader(List<Problem> problems)
{
    private const int MostSlots = 1000;
    private const string Auto = "auto";

    private const UnixFileMode OfOthers = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The runtime's timers run for at most 49 days.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(30);

    public IReadOnlyList<Problem> Problems => problems;

    /// <returns>The number; null if there is none, or an invalid one.</returns>
    public int? Number(string option, string? text, int least, int most)
    {
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a number from {least} to {most}"));
        return null;
    }

    /// <summary>The value of <c>-m</c>.</summary>
    /// <returns>Null for auto.</returns>
    public int? Slots(string? text)
    {
        if (text is Auto) return null;
        bool valid = text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int slots) && slots is >= 1 and <= MostSlots;
        if (!valid)
            problems.Add(new Problem("-m", $"{HostSyntax.Quoted(text!)} is neither a number from 1 to {MostSlots} nor '{Auto}'"));
        return valid && text is not null ? int.Parse(text, NumberStyles.None) : PushPolicy.DefaultSlots;
    }

    public TimeSpan? Time(string option, string? text)
    {
        if (text is null) return null;
        bool valid = Quantity.TryTime(text, out var time);
        if (valid && time <= LongestTime) return time;
        problems.Add(valid
            ? new Problem(option, $"{HostSyntax.Quoted(text)} is longer than 30 days")
            : new Problem(option, $"{HostSyntax.Quoted(text)} is not a time", "give a number of seconds, or a number with the unit ms, s, m, h or d: 90, 15m, 2h"));
        return null;
    }

    public double? Bytes(string option, string? text)
    {
        if (text is null) return null;
        if (Quantity.TryBytes(text, out double bytes)) return bytes;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a size", "for example 64M or 64MiB (2^20 each), 1GB (10^9)"));
        return null;
    }

    public double? Rate(string option, string? text)
    {
        if (text is null) return null;
        if (Quantity.TryRate(text, out double rate)) return rate;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a rate", "for example 100Mbit, 1Gbit, or bytes per second: 12M, 110MB/s"));
        return null;
    }

    public double? Share(string option, string? text)
    {
        if (text is null) return null;
        if (Quantity.TryShare(text, out double share)) return share;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a share", "for example 1% or 0.01"));
        return null;
    }

    /// <summary>Hosts with their ports and users; each host once.</summary>
    public IReadOnlyList<Host> Hosts(string option, string[]? texts)
    {
        var hosts = new List<Host>();
        foreach (string text in texts ?? [])
        {
            var (read, faults) = HostSpec.Parse(option, text);
            hosts.AddRange(read);
            problems.AddRange(faults);
        }

        return [.. hosts.DistinctBy(h => h.Name)];
    }

    /// <summary>Names of hosts, without ports and users.</summary>
    public IReadOnlyList<string> Names(string option, string[]? texts)
    {
        var names = new List<string>();
        foreach (string text in texts ?? [])
            try
            {
                names.AddRange(HostRange.Expand(text));
            }
            catch (FormatException e)
            {
                problems.Add(new Problem(option, e.Message));
            }

        return names;
    }

    public HostFormat? Format(string? text)
    {
        if (text is null) return null;
        var (format, faults) = HostFormat.Parse(text);
        problems.AddRange(faults);
        return format;
    }

    public SuccessGoal Goal(string option, string? text)
    {
        if (text is null) return SuccessGoal.All;
        if (SuccessGoal.TryParse(text, out var goal)) return goal;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is neither a number of hosts nor a share of them", "for example 95% or 190"));
        return SuccessGoal.All;
    }

    public string? ExistingFile(string option, string? path)
    {
        if (path is not null && !File.Exists(path)) problems.Add(new Problem(option, $"there is no file {HostSyntax.Quoted(path)}"));
        return path;
    }

    public IReadOnlyList<string> SshOptions(string option, string[]? given)
    {
        foreach (string text in given ?? [])
            if (!text.Contains('=', StringComparison.Ordinal) && !text.Trim().Contains(' ', StringComparison.Ordinal))
                problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} has no value", "for example --ssh-option Compression=yes"));
        return given ?? [];
    }

    public SshClientKind SshClient(string option, string? text)
    {
        switch (text)
        {
            case null or Auto: return SshClientKind.Auto;
            case "openssh": return SshClientKind.OpenSsh;
            case "builtin": return SshClientKind.Builtin;
            default:
                problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is neither auto, openssh nor builtin"));
                return SshClientKind.Auto;
        }
    }

    /// <summary>Reads a password from a file with one line.</summary>
    public string? Password(string option, string? path, bool isTyped)
    {
        if (path is null) return null;
        if (isTyped) problems.Add(new Problem(option, "--ask-pass is given too", "give only one of them"));
        else if (!File.Exists(path)) problems.Add(new Problem(option, $"there is no file {HostSyntax.Quoted(path)}"));
        else if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OfOthers) != 0)
            problems.Add(new Problem(option, $"other users can read or write {HostSyntax.Quoted(path)}", $"chmod 600 {path}"));
        else return PasswordIn(option, path);
        return null;
    }

    private string? PasswordIn(string option, string path)
    {
        try
        {
            string[] lines = [.. File.ReadLines(path).Take(2)];
            if (lines is [{ Length: > 0 } password]) return password;
            problems.Add(new Problem(option, $"{HostSyntax.Quoted(path)} does not have exactly one line", "the file must contain only the password, on one line"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new Problem(option, $"{HostSyntax.Quoted(path)} can't be read: {e.Message}"));
        }

        return null;
    }
}
