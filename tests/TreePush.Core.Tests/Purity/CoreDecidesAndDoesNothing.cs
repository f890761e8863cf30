using TreePush.Core.Hosts;

namespace TreePush.Core.Tests.Purity;

/// <summary>Core takes time, randomness and the world as inputs. These tests hold the build to saying so.</summary>
public sealed class CoreDecidesAndDoesNothing
{
    private static readonly string[] Impure =
    [
        """System.IO.File.ReadAllText("hosts.txt")""",
        "new System.IO.FileInfo(\"hosts.txt\")",
        "System.DateTime.Now",
        "System.DateTimeOffset.UtcNow",
        "System.TimeProvider.System",
        "System.Diagnostics.Stopwatch.StartNew()",
        "System.Console.In",
        "((System.Func<object?>)(() => { System.Console.WriteLine(); return null; }))()!",
        """System.Environment.GetEnvironmentVariable("HOME")!""",
        "new System.Random()",
        "System.Random.Shared",
        "System.Guid.NewGuid()",
        """System.Diagnostics.Process.Start("id")""",
        "new System.Net.Sockets.TcpClient()",
        "new System.Net.Http.HttpClient()",
        "System.Threading.Tasks.Task.Delay(1)",
        "new System.Threading.Timer(_ => { })",
    ];

    private static readonly string[] Pure = ["new System.Random(1)", "System.DateTimeOffset.UnixEpoch", "System.Net.IPAddress.Loopback", "new object()"];

    [Fact]
    public void Build_refuses_whatever_reaches_out_of_Core()
    {
        using var project = new ImpureProject(Impure.Concat(Pure));
        var faults = project.Build();
        Impure.Where((_, i) => !faults[i].Contains("RS0030")).Should().BeEmpty("each of these should be refused");
        Pure.Where((_, i) => faults[Impure.Length + i].Contains("RS0030")).Should().BeEmpty("each of these is allowed");
    }

    [Fact]
    public void Core_needs_nothing_but_the_framework()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var references = typeof(Host).Assembly.GetReferencedAssemblies().Select(a => a.Name!);
        references.Where(name => !File.Exists(Path.Combine(framework, name + ".dll"))).Should().BeEmpty();
    }
}
