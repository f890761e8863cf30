using System.Globalization;

namespace TreePush.Cli.Output.Console;

/// <summary>
/// Formats amounts of data with three digits: sizes in powers of 1024, as usual for files (64 MiB); rates in bits and
/// powers of ten, as usual for links (94.1 Mbit/s).
/// </summary>
internal static class Amounts
{
    private static readonly string[] Sizes = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    private static readonly string[] Rates = ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"];

    public static string Size(double bytes) => Show(bytes, 1024, Sizes);

    /// <param name="rate">In bytes per second.</param>
    public static string Rate(double rate) => Show(rate * 8, 1000, Rates);

    private static string Show(double amount, double step, string[] units)
    {
        int unit = 0;
        // 999.5 would be shown as 1000.
        while (amount >= step - 0.5 && unit < units.Length - 1)
        {
            amount /= step;
            unit++;
        }

        string format = unit == 0 || amount >= 99.95 ? "0" : amount >= 9.995 ? "0.#" : "0.##";
        return amount.ToString(format, CultureInfo.InvariantCulture) + " " + units[unit];
    }
}
