using TreePush.Cli.Tests.Commands;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

/// <summary>The hooks of samples/hooks, with real repositories.</summary>
public sealed class HookTests(FourDispatchHosts hosts) : IClassFixture<FourDispatchHosts>
{
    private FleetHost Host => hosts.Fleet.Hosts[0];

    [FleetFact("git")]
    public async Task A_push_to_a_git_repository_delivers_its_packages()
    {
        var place = NewPlace();
        await RunAsync(place, $$"""
            git init -q --bare repository
            git init -q -b main work
            cp {{Hook("git-post-receive")}} repository/hooks/post-receive
            cd work
            mkdir packages; echo one >packages/app-1; echo two >'packages/app 2'; echo no >other
            git add .; git -c user.name=a -c user.email=a@b commit -qm first
            git push -q ../repository main
            """);
        place.InstalledOn(Host).Order().Should().Equal($"app 2 {Host.Address}", $"app-1 {Host.Address}");
        await RunAsync(place, """
            cd work
            echo three >packages/app-3; git rm -q packages/app-1
            git add .; git -c user.name=a -c user.email=a@b commit -qm second
            git push -q ../repository main
            """);
        place.InstalledOn(Host).Should().HaveCount(3).And.Contain($"app-3 {Host.Address}");
    }

    [FleetFact("svnadmin", "svn", "svnlook")]
    public async Task A_commit_to_a_subversion_repository_delivers_its_packages()
    {
        var place = NewPlace();
        await RunAsync(place, $$"""
            svnadmin create repository
            cp {{Hook("svn-post-commit")}} repository/hooks/post-commit
            sed -i "s|^PATH=.*|PATH=$PATH TREEPUSH_RULES=$TREEPUSH_RULES XDG_STATE_HOME=$XDG_STATE_HOME|" repository/hooks/post-commit
            svn checkout -q "file://$PWD/repository" work
            cd work
            mkdir packages; echo one >packages/app-1; echo no >other
            svn add -q packages other; svn commit -qm first
            """);
        place.InstalledOn(Host).Should().Equal($"app-1 {Host.Address}");
    }

    private DispatchPlace NewPlace([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var place = new DispatchPlace(hosts.Fleet, test);
        place.WriteRule([Host], DispatchPlace.Install);
        return place;
    }

    /// <summary>Runs a script, in which treepush is the program under test and keeps its state in the place.</summary>
    private async Task RunAsync(DispatchPlace place, string script)
    {
        var environment = new Dictionary<string, string?>
        {
            ["PATH"] = $"{Path.GetDirectoryName(Workplace.Program)}:{Environment.GetEnvironmentVariable("PATH")}",
            ["TREEPUSH_RULES"] = place.Work["rules.yml"],
            ["XDG_STATE_HOME"] = place.State,
        };
        (await hosts.Fleet.Controller.RunAsync("sh", ["-ec", script], new ProgramOptions { WorkingDirectory = place.Work.Directory, Environment = environment })).ShouldSucceed();
    }

    private static string Hook(string name) => Repository.PathOf("samples", "hooks", name);
}
