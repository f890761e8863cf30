using TreePush.Engine.Remote;

namespace TreePush.Engine.Tests.Remote;

/// <summary>This machine.</summary>
public sealed class LocalPlace : ConformancePlace
{
    private readonly string _directory = Directory.CreateTempSubdirectory("tp-conformance-").FullName;

    public override string Inside(string name) => Path.Combine(_directory, name);

    public override string Outside(string name) => Inside(name);

    public override int Running(string commandLine) => Directory.EnumerateDirectories("/proc")
        .Count(process => char.IsAsciiDigit(Path.GetFileName(process)[0]) && CommandLine(process) == commandLine);

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    protected override Task<IRemoteHostDriver> StartAsync() => Task.FromResult<IRemoteHostDriver>(new LocalDriver(TimeProvider.System));

    private static string CommandLine(string process) => Read(Path.Combine(process, "cmdline")).Replace('\0', ' ').TrimEnd();

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ""; // It ended while we looked.
        }
    }
}
