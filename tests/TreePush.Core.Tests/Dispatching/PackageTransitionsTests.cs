using TreePush.Core.Dispatching;

namespace TreePush.Core.Tests.Dispatching;

public class PackageTransitionsTests
{
    private static readonly PackageStep[] AskedByPeople = [PackageStep.Retry, PackageStep.RetryInstall, PackageStep.MarkInstalled];

    [Fact]
    public void An_install_begins_only_where_the_package_was_delivered()
    {
        foreach (var state in Enum.GetValues<PackageState>())
            PackageTransitions.Next(state, PackageStep.StartInstall).HasValue.Should().Be(state == PackageState.Delivered, "it is {0}", state);
    }

    [Fact]
    public void Nothing_but_a_persons_word_leads_out_of_an_end()
    {
        foreach (var state in Enum.GetValues<PackageState>().Where(s => PackageTransitions.IsFinal(s, installs: true)))
            foreach (var step in Enum.GetValues<PackageStep>().Except(AskedByPeople))
                PackageTransitions.Next(state, step).Should().BeNull("{0} comes after {1}", step, state);
    }

    [Fact]
    public void An_install_that_may_have_run_is_never_begun_anew_by_itself()
    {
        var reached = Reachable(PackageState.Installing, Enum.GetValues<PackageStep>().Except([.. AskedByPeople, PackageStep.PostponeInstall]));
        reached.Should().NotContain(PackageState.Delivered);
    }

    [Fact]
    public void Every_state_but_the_first_is_reached_from_it()
    {
        Reachable(PackageState.Seen, Enum.GetValues<PackageStep>()).Should().BeEquivalentTo(Enum.GetValues<PackageState>());
    }

    [Fact]
    public void An_installed_package_stays_so()
    {
        foreach (var step in Enum.GetValues<PackageStep>()) PackageTransitions.Next(PackageState.Installed, step).Should().BeNull();
    }

    private static HashSet<PackageState> Reachable(PackageState from, IEnumerable<PackageStep> steps)
    {
        var reached = new HashSet<PackageState> { from };
        var open = new Queue<PackageState>(reached);
        while (open.TryDequeue(out var state))
            foreach (var step in steps)
                if (PackageTransitions.Next(state, step) is { } next && reached.Add(next)) open.Enqueue(next);
        return reached;
    }
}
