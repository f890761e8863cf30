using TreePush.Core.Configs;

namespace TreePush.Core.Alerts;

/// <summary>An SMTP server, and who gets mail by it.</summary>
public sealed record MailConfig(string Server, int Port, string From, IReadOnlyList<string> To)
{
    /// <summary>Whether a connection without TLS is allowed.</summary>
    public bool Plain { get; init; }

    public string? User { get; init; }

    public string? Password { get; init; }

    internal static MailConfig Read(ConfigReader reader)
    {
        var config = new MailConfig(reader.Text("server") ?? "", reader.Count("port", 1, 65535) ?? 587, reader.Text("from") ?? "", reader.Texts("to"))
        {
            Plain = reader.Flag("plain") ?? false,
            User = reader.Text("user"),
            Password = reader.Text("password"),
        };
        foreach (var (key, missing) in new[] { ("server", config.Server.Length == 0), ("from", config.From.Length == 0), ("to", config.To.Count == 0) })
            if (missing) reader.Refuse(key, $"smtp needs '{key}'");
        reader.RefuseUnknown();
        return config;
    }

    /// <summary>Shows no password.</summary>
    public override string ToString() => $"{Server}:{Port}";
}
