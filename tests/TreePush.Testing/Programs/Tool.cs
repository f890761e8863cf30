using System.Diagnostics;

namespace TreePush.Testing;

/// <summary>The system's programs which the fleet is built with; that one of them fails is never expected.</summary>
internal static class Tool
{
    public static async Task RunAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments);
        await using var running = RunningProgram.Start(start, input: "", ProgramOptions.DefaultTimeout);
        var result = await running.WaitForExitAsync(cancellationToken);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed. {result}");
    }
}
