using System.CommandLine;
using System.Reflection;
using TreePush.Cli.Commands;
using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;

namespace TreePush.Cli;

/// <summary>Runs the command line and returns the exit code. No error shows a stack trace.</summary>
internal static class App
{
    /// <summary>The version; in released builds, with the commit behind a plus sign.</summary>
    public static string Version => typeof(App).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private static readonly InvocationConfiguration Invoking = new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };

    public static async Task<int> RunAsync(string[] args)
    {
        StandardStreams.EnsureOpen(args);
        var output = new ForgivingWriter(Console.Out);
        Console.SetOut(output);
        Console.SetError(new ForgivingWriter(Console.Error));
        int code = await AnswerAsync(args);
        if (output.Fault is not { } fault) return code;
        Messages.Error($"standard output could not be written: {fault}", "the results of a run are in its log folder too");
        // Failed hosts matter more than lost output, so their exit code stays.
        return code == ExitCode.Success ? ExitCode.Internal : code;
    }

    private static async Task<int> AnswerAsync(string[] args)
    {
        // Scripts ask for the version often; it needs no parser.
        if (args is ["--version"])
        {
            Console.Out.WriteLine(Version);
            return ExitCode.Success;
        }

        var tree = CommandTree.Build();
        var parsed = tree.Root.Parse(args, Parsing);
        var problems = UsageCheck.Problems(tree, parsed);
        if (problems.Count > 0)
        {
            Complain(problems);
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(Invoking);
        }
        catch (Exception e)
        {
            Messages.Error($"{e.GetType().Name}: {DisplayText.Line(e.Message)}", "this is a defect of treepush; please report it with the command and the output of -d");
            if (CommandPage.Given(parsed, parsed.CommandResult.Command.Options).Contains("--debug")) await Console.Error.WriteLineAsync(e.ToString());
            return ExitCode.Internal;
        }
    }

    /// <summary>Prints all problems, each with its hint.</summary>
    public static void Complain(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems) Messages.Error(problem.Where.Length > 0 ? $"{problem.Where}: {problem.What}" : problem.What, problem.Hint);
    }
}
