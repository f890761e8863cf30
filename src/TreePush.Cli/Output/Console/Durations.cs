
namespace TreePush.Cli.Output.Console;

/// <summary>Formats durations: 0.34 s, 12.3 s, 4 min 05 s, 2 h 03 min.</summary>
internal static class Durations
{
    public static string Show(TimeSpan time) => time.TotalSeconds switch
    {
        < 1 => $"{time.TotalSeconds:0.00} s",
        < 100 => $"{time.TotalSeconds:0.0} s",
        < 3600 => $"{(int)time.TotalMinutes} min {time.Seconds:00} s",
        _ => $"{(int)time.TotalHours} h {time.Minutes:00} min",
    };
}
