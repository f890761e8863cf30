using System.Net.Sockets;

namespace TreePush.Testing;

/// <summary>A real rsync daemon at a free port of 127.0.0.1, with the module <c>treepush</c>. It ends with the test process.</summary>
public sealed class RsyncDaemon : IAsyncDisposable
{
    private const int MaxStarts = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _root = Path.Combine("/tmp", $"tp-rsync-{Path.GetRandomFileName()[..8]}");
    private readonly RsyncDaemonOptions _options;
    private readonly Janitor _janitor;
    private GuardedProgram? _program;

    private RsyncDaemon(RsyncDaemonOptions options)
    {
        _options = options;
        Directory.CreateDirectory(_root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _janitor = Janitor.Engage(_root);
        Directory.CreateDirectory(Folder);
        PasswordFile = Path.Combine(_root, "password");
    }

    public int Port { get; private set; }

    /// <summary>For <c>rsync://NAME/treepush/…</c>.</summary>
    public string Name => $"127.0.0.1:{Port}";

    /// <summary>What the module's root is: the file at /data/f is this folder's data/f.</summary>
    public string Folder => _options.Folder ?? Path.Combine(_root, "files");

    /// <summary>For <c>--password-file</c>, where the daemon asks for one.</summary>
    public string PasswordFile { get; }

    /// <summary>What it has logged.</summary>
    public string Log => File.Exists(PathOf("log")) ? File.ReadAllText(PathOf("log")) : "";

    /// <summary>What the machine lacks for one, in a sentence with what to do, or null.</summary>
    public static string? MissingRequirement() => Needs.MissingOf("rsync", "setsid", "sh", "rm");

    public static async Task<RsyncDaemon> StartAsync(RsyncDaemonOptions options, CancellationToken cancellationToken = default)
    {
        var daemon = new RsyncDaemon(options);
        try
        {
            await daemon.StartAtFreePortAsync(cancellationToken);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync();
            throw;
        }
    }

    /// <summary>The file of the module that a host has at a path.</summary>
    public string FileOf(string path) => Path.Combine(Folder, path.TrimStart('/'));

    public async Task StopAsync()
    {
        if (_program is not { } program) return;
        _program = null;
        await program.EndAsync(Signal.Kill);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _janitor.DisposeAsync();
    }

    private string PathOf(string name) => Path.Combine(_root, name);

    private async Task StartAtFreePortAsync(CancellationToken cancellationToken)
    {
        for (int start = 1; ; start++)
        {
            Port = FreePort.Find();
            await WriteFilesAsync(cancellationToken);
            _program = await GuardedProgram.StartAsync(["rsync", "--daemon", "--no-detach", $"--config={PathOf("rsyncd.conf")}"], cancellationToken);
            // Another program may have been faster at the port: the daemon ends then.
            await Wait.UntilAsync(() => Log.Contains("starting", StringComparison.Ordinal) && (Answers() || _program.HasExited), Patience, () => $"the daemon does not answer: {Log}", cancellationToken);
            if (!_program.HasExited) return;
            await StopAsync();
            if (start == MaxStarts) throw new InvalidOperationException($"rsync does not start: {Log}");
        }
    }

    private async Task WriteFilesAsync(CancellationToken cancellationToken)
    {
        string[] secrets = _options.User is { } user ? [$"auth users = {user}", $"secrets file = {PathOf("secrets")}"] : [];
        string[] owner = Environment.IsPrivilegedProcess ? ["uid = root", "gid = root"] : [];
        string[] global = ["address = 127.0.0.1", $"port = {Port}", "use chroot = no", "reverse lookup = no", $"log file = {PathOf("log")}", $"lock file = {PathOf("lock")}", .. owner];
        await File.WriteAllLinesAsync(PathOf("rsyncd.conf"), [.. global, "[treepush]", $"path = {Folder}", "read only = yes", .. secrets, .. _options.Lines], cancellationToken);
        await WriteSecretAsync(PathOf("secrets"), $"{_options.User}:{_options.Password}", cancellationToken);
        await WriteSecretAsync(PasswordFile, _options.Password, cancellationToken);
    }

    private static async Task WriteSecretAsync(string path, string text, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(path, text + "\n", cancellationToken);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private bool Answers()
    {
        using var client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", Port);
            byte[] greeting = new byte[8];
            client.GetStream().ReadExactly(greeting);
            return greeting.AsSpan().SequenceEqual("@RSYNCD:"u8);
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            return false;
        }
    }
}
