using TreePush.Core.Configs;

namespace TreePush.Core.Alerts;

/// <summary>When alerts are raised, and who gets them, as a configuration file has it.</summary>
public sealed record AlertConfig
{
    /// <summary>How many errors within how long raise an alert; see the AlertStrategy.</summary>
    public IReadOnlyDictionary<TimeSpan, int> When { get; init; } = new Dictionary<TimeSpan, int>();

    /// <summary>A command that is run here.</summary>
    public string? Command { get; init; }

    /// <summary>A URL that is posted to. It may hold a secret.</summary>
    public string? Webhook { get; init; }

    public MailConfig? Mail { get; init; }

    public bool HasSecrets => Webhook is not null || Mail is { Password: not null };

    public static AlertConfig Read(ConfigReader reader)
    {
        var when = new Dictionary<TimeSpan, int>();
        foreach (var entry in reader.Entries("when"))
        {
            bool valid = Quantity.TryTime(entry.Key, out var window) && entry.Value is ConfigText { Value: { } text } && int.TryParse(text, out int count) && count > 0 && when.TryAdd(window, count);
            if (!valid) reader.Refuse("when", $"{HostSyntax.Quoted(entry.Key)} is not a time with a number of errors", "{90: 30, 150: 10} raises an alert after 30 errors within 90 s, or 10 within 150 s");
        }

        var config = new AlertConfig { When = when, Command = reader.Text("command"), Webhook = Url(reader), Mail = reader.Map("smtp") is { } mail ? MailConfig.Read(mail) : null };
        if (config is { Command: null, Webhook: null, Mail: null }) reader.Refuse("when", "alerts go nowhere", "give at least one of command, webhook and smtp");
        reader.RefuseUnknown();
        return config;
    }

    /// <summary>Shows no secret.</summary>
    public override string ToString() => nameof(AlertConfig);

    private static string? Url(ConfigReader reader)
    {
        if (reader.Text("webhook") is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") return text;
        reader.Refuse("webhook", "the webhook is not an http or https URL");
        return null;
    }
}
