using System.Globalization;

namespace TreePush.Cli.Commands;

/// <summary>Numbers with units, as people write them.</summary>
internal static class Quantity
{
    /// <summary>A time: a number of seconds, or one with s, m, h or d behind it.</summary>
    public static bool TryTime(string text, out TimeSpan time)
    {
        double factor = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 1 };
        bool hasUnit = text.Length > 0 && char.IsAsciiLetter(text[^1]);
        bool valid = TryNumber(hasUnit ? text[..^1] : text, out double number) && number > 0 && (!hasUnit || "smhd".Contains(text[^1], StringComparison.Ordinal));
        double seconds = number * factor;
        time = valid && seconds < 1e9 ? TimeSpan.FromSeconds(seconds) : default;
        return time > TimeSpan.Zero;
    }

    /// <summary>Bytes: 64M, 64MB, 64MiB and 64MiB mean 64 × 2^20 and so on, as rsync has it; a number alone is bytes.</summary>
    public static bool TryBytes(string text, out double bytes)
    {
        string trimmed = text.Trim();
        int end = trimmed.Length;
        while (end > 0 && char.IsAsciiLetter(trimmed[end - 1])) end--;
        string unit = trimmed[end..].ToUpperInvariant();
        int power = unit switch { "" or "B" => 0, "K" or "KB" or "KIB" => 1, "M" or "MB" or "MIB" => 2, "G" or "GB" or "GIB" => 3, "T" or "TB" or "TIB" => 4, _ => -1 };
        bool valid = TryNumber(trimmed[..end], out double number) && number > 0 && power >= 0;
        bytes = valid ? number * Math.Pow(1024, power) : 0;
        return valid;
    }

    /// <summary>A rate in bytes a second: 100Mbit and 1Gbit (a power of ten, as networks count), or bytes with an optional /s.</summary>
    public static bool TryRate(string text, out double bytesPerSecond)
    {
        string lower = text.Trim().ToLowerInvariant();
        foreach (string ending in new[] { "/s", "ps" })
            if (lower.EndsWith(ending, StringComparison.Ordinal)) lower = lower[..^2];
        (string Unit, double Bits)[] units = [("kbit", 1e3), ("mbit", 1e6), ("gbit", 1e9), ("bit", 1)];
        foreach (var (unit, bits) in units)
        {
            if (!lower.EndsWith(unit, StringComparison.Ordinal)) continue;
            bool valid = TryNumber(lower[..^unit.Length], out double number) && number > 0;
            bytesPerSecond = valid ? number * bits / 8 : 0;
            return valid;
        }

        return TryBytes(lower, out bytesPerSecond);
    }

    /// <summary>A share: 1%, or 0.01.</summary>
    public static bool TryShare(string text, out double share)
    {
        bool percent = text.EndsWith('%');
        bool valid = TryNumber(percent ? text[..^1] : text, out double number);
        share = percent ? number / 100 : number;
        return valid && share is >= 0 and <= 1;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
