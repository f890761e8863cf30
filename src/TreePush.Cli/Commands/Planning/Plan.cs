namespace TreePush.Cli.Commands.Planning;

/// <summary>A planned push: its settings and forecasts.</summary>
/// <param name="Forecasts">The forecasts for the chosen number of slots and for others to compare it with.</param>
internal sealed record Plan(PlanSettings Settings, int Zones, IReadOnlyList<Forecast> Forecasts)
{
    public Forecast Chosen => Forecasts.First(f => f.Slots == Settings.Slots);

    public Forecast Best => Forecast.Best(Forecasts);

    /// <summary>
    /// S/B: the time of one copy through one link, or through one stream if that is slower. No push of whole files is
    /// faster.
    /// </summary>
    public TimeSpan Floor => Seconds(Settings.Network.Bytes / Math.Min(Settings.Network.Rate, Settings.Network.StreamRate));

    /// <summary>N·S/B: the time that one source alone would need for all hosts with a full link.</summary>
    public TimeSpan Flat => Seconds(Settings.Hosts * Settings.Network.Bytes / Settings.Network.Rate);

    /// <summary>The limit on concurrent transfers was reached, so it may have cost time.</summary>
    public bool IsLimited => Chosen.Result.MostAtOnce >= Settings.MaxTransfers;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 1e11));
}
