using System.Runtime.CompilerServices;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>A directory of the controller in which one test works: its lists lie here, and the logs of its runs.</summary>
internal sealed class Workplace
{
    /// <summary>The program under test: $TREEPUSH, such as an executable that was published, or what was built for the project that these tests refer to.</summary>
    public static readonly string Program = Environment.GetEnvironmentVariable("TREEPUSH") is { Length: > 0 } program
        ? Path.GetFullPath(program) : Path.Combine(AppContext.BaseDirectory, "treepush");

    /// <summary>The ssh client with which pushes and syncs are tried; tests/run.sh has them run once on each.</summary>
    public static readonly string? Client = Environment.GetEnvironmentVariable("TREEPUSH_TEST_SSH_CLIENT") is { Length: > 0 } client ? client : null;

    private static readonly string[] WithoutHosts = ["plan", "man", "completion", "help", "--help", "-h", "-?", "--version"];

    /// <summary>A port at which nobody listens.</summary>
    private const int ClosedPort = 9;

    private readonly Fleet _fleet;

    public Workplace(Fleet fleet, [CallerMemberName] string test = "")
    {
        _fleet = fleet;
        Name = $"{test}-{Path.GetRandomFileName()[..4]}";
        Directory = System.IO.Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(fleet.DataPath)!, "work", Name)).FullName;
    }

    /// <summary>No two tests have the same.</summary>
    public string Name { get; }

    public string Directory { get; }

    public string LogDirectory => this["logs"];

    /// <summary>The newest run of this workplace.</summary>
    public RunRecord LastRun => new(RunDirectories().Max(StringComparer.Ordinal)
        ?? throw new InvalidOperationException("There was no run."));

    public string this[string file] => Path.Combine(Directory, file);

    /// <summary>What has happened in the newest run; nothing before there is one.</summary>
    public IReadOnlyList<RunEvent> Events => RunDirectories().Count == 0 ? [] : LastRun.Events;

    /// <summary>Waits for something to happen in a run that goes on.</summary>
    public Task WaitForAsync<T>(int count, RunningProgram push) where T : RunEvent => Wait.UntilAsync(
        () => Events.OfType<T>().Count() >= count, Patience.Usual, () => $"not {count} times {typeof(T).Name}: {push.Error.Text}");

    /// <summary>Waits for a program on the controller, by its whole command line, as treepush itself has its command on its own.</summary>
    public Task WaitUntilRunsHereAsync(string commandLine) => Wait.UntilAsync(
        () => RunsHere(commandLine), Patience.Usual, () => $"{commandLine} was not started");

    public Task WaitUntilGoneHereAsync(string commandLine) => Wait.UntilAsync(
        () => !RunsHere(commandLine), Patience.WithHeartbeats, () => $"{commandLine} still runs");

    public IReadOnlyList<string> RunDirectories() =>
        System.IO.Directory.Exists(LogDirectory) ? System.IO.Directory.GetDirectories(LogDirectory) : [];

    /// <summary>Writes a file into the workplace.</summary>
    /// <returns>Its path.</returns>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>The address of a target that is nobody's, for commands that contact none.</summary>
    /// <param name="number">From 1 on.</param>
    public string Nobody(int number) => $"{string.Join('.', _fleet.Hosts[0].Address.Split('.')[..2])}.200.{number}";

    /// <summary>Writes a list of targets that are nobody's.</summary>
    /// <returns>Its path.</returns>
    public string WriteNobodies(int count) =>
        Write("nobodies.txt", string.Concat(Enumerable.Range(1, count).Select(n => $"{Nobody(n)} {ClosedPort} root\n")));

    /// <summary>Runs treepush to its end.</summary>
    public Task<ProgramResult> PushAsync(params string[] arguments) => PushAsync(new ProgramOptions(), arguments);

    public Task<ProgramResult> PushAsync(ProgramOptions options, params string[] arguments) =>
        _fleet.Controller.RunAsync(Program, WithClient(arguments), Here(options));

    public RunningProgram Start(params string[] arguments) => Start(new ProgramOptions(), arguments);

    public RunningProgram Start(ProgramOptions options, params string[] arguments) =>
        _fleet.Controller.Start(Program, WithClient(arguments), Here(options));

    /// <summary>Where the controller's sockets lie, so that what a killed one leaves goes with the fleet; the path must be short.</summary>
    public string RuntimeDirectory => System.IO.Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(_fleet.DataPath)!, "run")).FullName;

    private static string[] WithClient(string[] arguments) =>
        Client is null || arguments.Length == 0 || WithoutHosts.Intersect(arguments).Any() || arguments.Contains("--ssh-client") ? arguments : [.. arguments, "--ssh-client", Client];

    private ProgramOptions Here(ProgramOptions options) => options with
    {
        WorkingDirectory = Directory,
        Environment = new Dictionary<string, string?>(options.Environment) { ["XDG_RUNTIME_DIR"] = RuntimeDirectory },
    };

    private bool RunsHere(string commandLine) => _fleet.Controller.Processes(commandLine).Any(p => p.CommandLine == commandLine);
}
