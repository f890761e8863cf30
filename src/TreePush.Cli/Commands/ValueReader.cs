using System.Globalization;
using TreePush.Core.Hosts;
using TreePush.Core.Pushing;

namespace TreePush.Cli.Commands;

/// <summary>Reads options' values, and gathers what is wrong with them, so that the user is told of all at once.</summary>
internal sealed class ValueReader(List<Problem> problems)
{
    private const int MostSlots = 1000;
    private const string Auto = "auto";

    /// <summary>The longest time that a timer of the runtime can be set to is 49 days.</summary>
    private static readonly TimeSpan LongestTime = TimeSpan.FromDays(30);

    public IReadOnlyList<Problem> Problems => problems;

    /// <returns>The number, or null where there is none or a faulty one.</returns>
    public int? Number(string option, string? text, int least, int most)
    {
        if (text is null) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        problems.Add(new Problem(option, string.Create(CultureInfo.InvariantCulture, $"{HostSyntax.Quoted(text)} is not a number from {least} to {most}")));
        return null;
    }

    /// <summary>The value of <c>-m</c>.</summary>
    /// <returns>Null for auto.</returns>
    public int? Slots(string? text)
    {
        if (text is Auto) return null;
        bool valid = text is null || int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int slots) && slots is >= 1 and <= MostSlots;
        if (!valid)
            problems.Add(new Problem("-m", string.Create(CultureInfo.InvariantCulture, $"{HostSyntax.Quoted(text!)} is neither a number from 1 to {MostSlots} nor '{Auto}'")));
        return valid && text is not null ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : PushPolicy.DefaultSlots;
    }

    public TimeSpan? Time(string option, string? text)
    {
        if (text is null) return null;
        bool valid = Quantity.TryTime(text, out var time);
        if (valid && time <= LongestTime) return time;
        problems.Add(valid
            ? new Problem(option, $"{HostSyntax.Quoted(text)} is longer than 30 days")
            : new Problem(option, $"{HostSyntax.Quoted(text)} is not a time", "a number of seconds, or one with ms, s, m, h or d behind it: 90, 15m, 2h"));
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
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a rate", "for example 100Mbit, 1Gbit, or bytes a second: 12M, 110MB/s"));
        return null;
    }

    public double? Share(string option, string? text)
    {
        if (text is null) return null;
        if (Quantity.TryShare(text, out double share)) return share;
        problems.Add(new Problem(option, $"{HostSyntax.Quoted(text)} is not a share", "for example 1% or 0.01"));
        return null;
    }
}
