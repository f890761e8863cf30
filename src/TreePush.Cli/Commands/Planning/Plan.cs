namespace TreePush.Cli.Commands.Planning;

/// <summary>A planned push: what was asked, and the forecasts for it.</summary>
/// <param name="Forecasts">For the chosen number of slots, and for others to compare it with.</param>
internal sealed record Plan(PlanSettings Settings, int Zones, IReadOnlyList<Forecast> Forecasts)
{
    public Forecast Chosen => Forecasts.First(f => f.Slots == Settings.Slots);

    public Forecast Best => Forecast.Best(Forecasts);

    /// <summary>S/B: the time of one copy through one link, or through one stream where that is slower. A push of whole files can't be faster.</summary>
    public TimeSpan Floor => Seconds(Settings.Network.Bytes / Math.Min(Settings.Network.Rate, Settings.Network.StreamRate));

    /// <summary>N·S/B: the time that one source would need for all hosts, its link being full all along.</summary>
    public TimeSpan Flat => Seconds(Settings.Hosts * Settings.Network.Bytes / Settings.Network.Rate);

    /// <summary>The limit on transfers over all sources was reached, and so may have cost time.</summary>
    public bool IsLimited => Chosen.Result.MostAtOnce >= Settings.MaxTransfers;

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, 1e11));
}
