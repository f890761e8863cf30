using System.Runtime.CompilerServices;
using System.Text.Json;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

/// <summary>Rules, a watched folder, a folder for the dispatcher's state, and a host's folder in which installs leave a line each.</summary>
internal sealed class DispatchPlace
{
    public DispatchPlace(Fleet fleet, [CallerMemberName] string test = "")
    {
        Work = new Workplace(fleet, test);
        Destination = $"{fleet.DataPath}/{Work.Name}";
        Directory.CreateDirectory(Watched);
    }

    public Workplace Work { get; }

    /// <summary>Where packages go to, as the hosts see it.</summary>
    public string Destination { get; }

    public string Watched => Work["in"];

    public string State => Work["state"];

    /// <summary>Leaves a line at the host for each time it is run.</summary>
    public static string Install => "echo \"$TPUSH_PACKAGE $TPUSH_HOST\" >> installed";

    /// <summary>Writes a file with rules that only its owner can read.</summary>
    public void WriteRules(string text)
    {
        string path = Work.Write("rules.yml", text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>A rule for names that begin with <c>app</c>.</summary>
    public void WriteRule(IEnumerable<FleetHost> hosts, string install, string more = "") => WriteRules($"""
        quiet: 200ms
        retry_after: 200ms
        rules:
          - match: app
            host: [{string.Join(", ", hosts.Select(h => $"'{h.Endpoint}'"))}]
            dest_dir: {Destination}
            install_command: {install}
        {more}
        """);

    public string[] Arguments(params string[] words) => ["dispatch", .. words, "-c", "rules.yml", "--state", State];

    public Task<ProgramResult> DispatchAsync(params string[] words) => Work.PushAsync(Arguments(words));

    public RunningProgram Start(params string[] words) => Work.Start(Arguments(words));

    /// <summary>What was installed on a host, a line for each time.</summary>
    public string[] InstalledOn(FleetHost host)
    {
        string file = OnHost(host, "installed");
        return File.Exists(file) ? File.ReadAllLines(file) : [];
    }

    /// <summary>A file in the destination of a host, as the tests see it.</summary>
    public string OnHost(FleetHost host, string name) => Path.Combine(host.DataDirectory, Work.Name, name);

    /// <summary>The state of a package at its only host.</summary>
    public async Task<string?> StateAsync(string name)
    {
        var status = await DispatchAsync("status", name, "--json");
        if (status.Output.Length == 0) return null;
        using var json = JsonDocument.Parse(status.Output);
        return json.RootElement.GetProperty("state").GetString();
    }
}
