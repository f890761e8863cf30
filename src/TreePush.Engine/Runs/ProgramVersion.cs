using System.Reflection;

namespace TreePush.Engine.Runs;

/// <summary>The program's version, as events and <c>--version</c> have it.</summary>
public static class ProgramVersion
{
    /// <summary>Without the source revision that may follow behind a plus sign.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
