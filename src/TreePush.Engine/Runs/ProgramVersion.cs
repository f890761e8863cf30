using System.Reflection;

namespace TreePush.Engine.Runs;

/// <summary>The program's version, as events and <c>--version</c> show it.</summary>
public static class ProgramVersion
{
    /// <summary>The version without the source revision, which may follow a plus sign.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
