using System.Diagnostics;

namespace TreePush.Core.Tests.Hosts;

/// <summary>A real shell, run as a source runs it: a script of one line on standard input, read and evaluated.</summary>
internal sealed record Shell(string Program, params string[] Options)
{
    public static readonly Shell Dash = new("dash");
    public static readonly Shell Bash = new("bash", "--posix");
    public static readonly Shell Busybox = new("busybox", "sh");

    /// <returns>What the script writes to its standard output, byte for byte.</returns>
    public byte[] Evaluate(byte[] script)
    {
        var start = new ProcessStartInfo(Program, [.. Options, "-c", """IFS= read -r s && eval "$s" """])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = new MemoryStream();
        var copied = process.StandardOutput.BaseStream.CopyToAsync(output);
        var complaints = process.StandardError.ReadToEndAsync();
        process.StandardInput.BaseStream.Write(script);
        process.StandardInput.Close();
        Task.WaitAll(copied, complaints);
        process.WaitForExit();
        complaints.Result.Should().BeEmpty();
        process.ExitCode.Should().Be(0);
        return output.ToArray();
    }
}
