using System.Globalization;

namespace TreePush.Core.Configs;

/// <summary>Parses numbers with units.</summary>
public static class Quantity
{
    private static readonly (string Unit, double Seconds)[] Times = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86400), ("", 1)];

    private static readonly (string Unit, double Bits)[] BitRates =
        [("kbit", 1e3), ("mbit", 1e6), ("gbit", 1e9), ("kbps", 1e3), ("mbps", 1e6), ("gbps", 1e9), ("bit", 1), ("bps", 1)];

    /// <summary>A time: a number of seconds, or a number with the unit ms, s, m, h or d.</summary>
    public static bool TryTime(string text, out TimeSpan time)
    {
        var (unit, factor) = Times.First(t => text.EndsWith(t.Unit, StringComparison.Ordinal));
        bool valid = TryNumber(text[..^unit.Length], out double number) && number > 0 && number * factor < 1e9;
        time = valid ? TimeSpan.FromSeconds(number * factor) : default;
        return time > TimeSpan.Zero;
    }

    /// <summary>
    /// Bytes, as in rsync: 64M and 64MiB mean 64 × 2^20, 64MB means 64 × 10^6, and so on. A plain number is bytes.
    /// </summary>
    public static bool TryBytes(string text, out double bytes)
    {
        string trimmed = text.Trim();
        int end = trimmed.Length;
        while (end > 0 && char.IsAsciiLetter(trimmed[end - 1])) end--;
        string unit = trimmed[end..].ToUpperInvariant();
        int power = unit.Length == 0 || unit == "B" ? 0 : "KMGT".IndexOf(unit[0], StringComparison.Ordinal) + 1;
        bool known = power > 0 ? unit[1..] is "" or "B" or "IB" : unit is "" or "B";
        bool valid = TryNumber(trimmed[..end], out double number) && number > 0 && known;
        bytes = valid ? number * Math.Pow(unit.Length == 2 ? 1000 : 1024, power) : 0;
        return valid && double.IsFinite(bytes);
    }

    /// <summary>
    /// A rate in bytes per second: bits as 100Mbit, 100Mbit/s or 100Mbps (powers of ten, as for networks), or bytes,
    /// which may end in /s or a capital Bps.
    /// </summary>
    public static bool TryRate(string text, out double bytesPerSecond)
    {
        string trimmed = text.Trim();
        if (trimmed.EndsWith("/s", StringComparison.Ordinal)) trimmed = trimmed[..^2];
        bool countsBytes = trimmed.EndsWith("Bps", StringComparison.Ordinal);
        if (countsBytes) trimmed = trimmed[..^2];
        string lower = trimmed.ToLowerInvariant();
        foreach (var (unit, bits) in BitRates)
        {
            if (countsBytes || !lower.EndsWith(unit, StringComparison.Ordinal)) continue;
            bool valid = TryNumber(lower[..^unit.Length], out double number) && number > 0;
            bytesPerSecond = valid ? number * bits / 8 : 0;
            return valid;
        }

        return TryBytes(trimmed, out bytesPerSecond);
    }

    /// <summary>A share: 1%, or 0.01. A number without % must be below 1, because 1 could mean all or a hundredth.</summary>
    public static bool TryShare(string text, out double share)
    {
        bool percent = text.EndsWith('%');
        bool valid = TryNumber(percent ? text[..^1] : text, out double number);
        share = percent ? number / 100 : number;
        return valid && share >= 0 && (percent ? share <= 1 : share < 1);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
