using System.Reflection;
using TreePush.Core.Runs;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Tests.Layers;

/// <summary>Each job has a folder in Core and one in Engine; they stand on what all runs share, and none on another job.</summary>
public sealed class JobsAreApart
{
    private static readonly string[] Jobs = ["Pushing", "Syncing", "Dispatching", "Queueing"];

    /// <summary>The few shared types that list the jobs: what a run can be, and who starts it.</summary>
    private static readonly string[] Lists = [nameof(Work), nameof(Runner), nameof(RunEvent)];

    public static TheoryData<Assembly> Assemblies => [typeof(RunEvent).Assembly, typeof(Runner).Assembly];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_job_uses_another(Assembly assembly)
    {
        var uses = Types(assembly).Where(t => JobOf(t.Namespace) is not null).SelectMany(t => TypeUses.Namespaces(t).Select(n => (Type: t.FullName, From: JobOf(t.Namespace), To: JobOf(n)))).ToList();
        uses.Should().NotBeEmpty();
        uses.Where(u => u.To is not null && u.To != u.From).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void What_runs_share_knows_no_job_but_where_they_are_listed(Assembly assembly)
    {
        var shared = Types(assembly).Where(t => t.Namespace!.EndsWith(".Runs", StringComparison.Ordinal) && !Lists.Contains(Outermost(t).Name)).ToList();
        shared.Should().NotBeEmpty();
        shared.Where(t => TypeUses.Namespaces(t).Any(n => JobOf(n) is not null)).Select(t => t.FullName).Should().BeEmpty();
    }

    private static IEnumerable<Type> Types(Assembly assembly) =>
        assembly.GetTypes().Where(t => t.Namespace is not null && !Outermost(t).IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute)) && !Outermost(t).Name.StartsWith('<'));

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static string? JobOf(string? name) => name?.Split('.') is ["TreePush", _, var job, ..] && Jobs.Contains(job) ? job : null;
}
