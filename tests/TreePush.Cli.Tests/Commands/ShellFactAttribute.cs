using TreePush.Engine.Remote;

namespace TreePush.Cli.Tests.Commands;

/// <summary>A test that needs a program of this name; where there is none, the test says so and is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute(string program)
    {
        if (ProgramPath.Find(program) is null) Skip = $"This machine has no {program}. hint: apt-get install -y {(program == "man" ? "man-db groff" : program)}";
    }
}
