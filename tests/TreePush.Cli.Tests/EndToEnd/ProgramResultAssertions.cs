using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>What is expected of every end of treepush, so that a failing test shows all it printed.</summary>
internal static class ProgramResultAssertions
{
    public static ProgramResult ShouldSucceed(this ProgramResult result) => result.ShouldExit(0);

    public static ProgramResult ShouldExit(this ProgramResult result, int code)
    {
        result.ExitCode.Should().Be(code, "{0}", result);
        result.Error.Should().NotContain("   at TreePush.", "no stack trace is for users");
        return result;
    }

    /// <summary>The exit code, and texts that must stand on standard error, such as the message and its hint.</summary>
    public static ProgramResult ShouldFail(this ProgramResult result, int code, params string[] texts)
    {
        result.ShouldExit(code);
        foreach (string text in texts) result.Error.Should().Contain(text);
        return result;
    }
}
