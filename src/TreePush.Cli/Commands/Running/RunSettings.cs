using System.CommandLine;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote.Ssh;

namespace TreePush.Cli.Commands.Running;

/// <summary>
/// The parsed values of the options that every run has. Options that the user did not give are null or empty, so that a
/// resumed run keeps its own values.
/// </summary>
internal sealed record RunSettings
{
    public const string DefaultLogFolder = "logs";

    public IReadOnlyList<Host> Sources { get; private init; } = [];

    public IReadOnlyList<Host> Hosts { get; private init; } = [];

    public IReadOnlyList<string> Excluded { get; private init; } = [];

    public string? List { get; private init; }

    public HostFormat? Format { get; private init; }

    public SuccessGoal Goal { get; private init; }

    public SshOptions Ssh { get; private init; } = new();

    public bool ConnectTimeoutGiven { get; private init; }

    public bool SshClientGiven { get; private init; }

    /// <summary>Ask the user for the password.</summary>
    public bool AskPassword { get; private init; }

    /// <summary>The password from <c>--password-file</c>, if given.</summary>
    public SshSecrets Secrets { get; private init; } = SshSecrets.None;

    public string LogFolder { get; private init; } = DefaultLogFolder;

    public string? Resume { get; private init; }

    public string? Report { get; private init; }

    public bool DryRun { get; private init; }

    public bool Json { get; private init; }

    public bool Quiet { get; private init; }

    public bool NoLive { get; private init; }

    public bool Debug { get; private init; }

    public static RunSettings Read(RunOptions options, ParseResult parsed, ValueReader values) => new()
    {
        Sources = values.Hosts("-s", parsed.GetValue(options.Sources)),
        Hosts = values.Hosts("-w", parsed.GetValue(options.Hosts)),
        Excluded = values.Names("-x", parsed.GetValue(options.Exclude)),
        List = parsed.GetValue(options.List),
        Format = values.Format(parsed.GetValue(options.Format)),
        Goal = values.Goal("--min-success", parsed.GetValue(options.MinSuccess)),
        Ssh = ReadSsh(options, parsed, values),
        ConnectTimeoutGiven = parsed.GetValue(options.ConnectTimeout) is not null,
        SshClientGiven = parsed.GetValue(options.SshClient) is not null,
        AskPassword = parsed.GetValue(options.AskPassword),
        Secrets = new SshSecrets(values.Password("--password-file", parsed.GetValue(options.PasswordFile), parsed.GetValue(options.AskPassword))),
        LogFolder = parsed.GetValue(options.LogDir) ?? DefaultLogFolder,
        Resume = parsed.GetValue(options.Resume),
        Report = parsed.GetValue(options.Report),
        DryRun = parsed.GetValue(options.DryRun),
        Json = parsed.GetValue(options.Json),
        Quiet = parsed.GetValue(options.Quiet),
        NoLive = parsed.GetValue(options.NoLive),
        Debug = parsed.GetValue(options.Debug),
    };

    private static SshOptions ReadSsh(RunOptions options, ParseResult parsed, ValueReader values)
    {
        var ssh = new SshOptions
        {
            Client = values.SshClient("--ssh-client", parsed.GetValue(options.SshClient)),
            ConnectTimeout = values.Time("-t", parsed.GetValue(options.ConnectTimeout)) ?? new SshOptions().ConnectTimeout,
            ConfigFile = values.ExistingFile("-F", parsed.GetValue(options.SshConfig)),
            IdentityFile = values.ExistingFile("-i", parsed.GetValue(options.Identity)),
            ForwardAgent = parsed.GetValue(options.ForwardAgent),
            Options = values.SshOptions("--ssh-option", parsed.GetValue(options.SshOption)),
        };
        return parsed.GetValue(options.NoShare) ? ssh with { ShareConnections = false } : ssh;
    }
}
