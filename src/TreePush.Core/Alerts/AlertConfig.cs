using TreePush.Core.Configs;

namespace TreePush.Core.Alerts;

/// <summary>When alerts are raised, and who gets them, as a configuration file has it.</summary>
public sealed record AlertConfig
{
    /// <summary>How many errors within how long raise an alert.</summary>
    public AlertStrategy Strategy { get; init; } = AlertStrategy.EachError;

    /// <summary>A command that is run here.</summary>
    public string? Command { get; init; }

    /// <summary>A URL that is posted to. It may hold a secret.</summary>
    public string? Webhook { get; init; }

    public MailConfig? Mail { get; init; }

    public bool HasSecrets => Webhook is not null || Mail is { Password: not null };

    public static AlertConfig Read(ConfigReader reader)
    {
        var config = new AlertConfig
        {
            Strategy = When(reader) ?? AlertStrategy.EachError,
            Command = reader.Text("command"),
            Webhook = Url(reader),
            Mail = reader.Map("smtp") is { } mail ? MailConfig.Read(mail) : null,
        };
        if (config is { Command: null, Webhook: null, Mail: null }) reader.Refuse("when", "alerts go nowhere", "give at least one of command, webhook and smtp");
        reader.RefuseUnknown();
        return config;
    }

    /// <summary>Shows no secret.</summary>
    public override string ToString() => nameof(AlertConfig);

    /// <returns>Null if the key is absent, or something is wrong with it.</returns>
    private static AlertStrategy? When(ConfigReader reader)
    {
        var entries = reader.Entries("when");
        if (entries.Count == 0) return null;
        var pairs = new List<KeyValuePair<TimeSpan, int>>();
        foreach (var entry in entries)
        {
            if (Quantity.TryTime(entry.Key, out var window) && entry.Value is ConfigText { Value: { } text } && int.TryParse(text, out int count)) pairs.Add(new(window, count));
            else reader.Refuse("when", $"{HostSyntax.Quoted(entry.Key)} is not a time with a number of errors", AlertStrategy.Example);
        }

        var problems = new List<Problem>();
        var strategy = pairs.Count < entries.Count ? null : AlertStrategy.Of(pairs, "when", problems);
        foreach (var problem in problems) reader.Refuse("when", problem.What, problem.Hint);
        return strategy;
    }

    private static string? Url(ConfigReader reader)
    {
        if (reader.Text("webhook") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return text;
        reader.Refuse("webhook", "the webhook is not an http or https URL");
        return null;
    }
}
