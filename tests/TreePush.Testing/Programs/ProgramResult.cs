namespace TreePush.Testing;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">128 + n when signal n ended it.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error, TimeSpan Duration)
{
    /// <exception cref="InvalidOperationException">The exit code is not 0; the message has all that was printed.</exception>
    public ProgramResult EnsureSuccess() => ExitCode == 0 ? this : throw new InvalidOperationException(ToString());

    public override string ToString() =>
        $"exit {ExitCode} after {Duration.TotalSeconds:0.00} s\n--- output\n{Output}\n--- error\n{Error}";
}
