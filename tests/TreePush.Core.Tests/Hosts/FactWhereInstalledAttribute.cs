namespace TreePush.Core.Tests.Hosts;

/// <summary>A test that needs a program of the machine, and is skipped, saying so, where it is not there.</summary>
internal sealed class FactWhereInstalledAttribute : FactAttribute
{
    public FactWhereInstalledAttribute(string program)
    {
        Program = program;
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(f => File.Exists(Path.Combine(f, program)))) Skip = $"{program} is not installed";
    }

    public string Program { get; }
}
