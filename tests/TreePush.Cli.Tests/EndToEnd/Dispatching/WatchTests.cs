using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

/// <summary>A folder is watched, and what arrives in it is delivered.</summary>
public sealed class WatchTests(FourDispatchHosts hosts) : IClassFixture<FourDispatchHosts>
{
    private Fleet Fleet => hosts.Fleet;

    private FleetHost Host => Fleet.Hosts[0];

    [FleetFact]
    public async Task What_arrives_is_delivered_and_what_was_there_is_not()
    {
        var place = NewPlace();
        Drop(place, "app-old");
        await using var watch = await StartAsync(place);
        Drop(place, "app-1");
        Drop(place, "sub/app-2");
        Drop(place, "app-3.part");
        await UntilInstalledAsync(place, watch, 2);
        (await StopAsync(watch)).ShouldSucceed();
        place.InstalledOn(Host).Order().Should().Equal($"app-1 {Host.Address}", $"app-2 {Host.Address}");
    }

    [FleetFact]
    public async Task What_arrives_while_nobody_watches_is_found_at_the_next_start()
    {
        var place = NewPlace();
        await using (var watch = await StartAsync(place))
        {
            Drop(place, "app-1");
            await UntilInstalledAsync(place, watch, 1);
            watch.Kill();
        }

        Drop(place, "app-2");
        await using var again = await StartAsync(place);
        await UntilInstalledAsync(place, again, 1);
        (await StopAsync(again)).ShouldSucceed();
        place.InstalledOn(Host).Should().Equal($"app-1 {Host.Address}", $"app-2 {Host.Address}");
    }

    [FleetFact]
    public async Task A_hundred_packages_that_arrive_at_once_are_all_installed_once()
    {
        var place = NewPlace();
        await using var watch = await StartAsync(place);
        for (int i = 0; i < 100; i++) Drop(place, $"app-{i}");
        await UntilInstalledAsync(place, watch, 100);
        (await StopAsync(watch)).ShouldSucceed();
        place.InstalledOn(Host).Should().OnlyHaveUniqueItems().And.HaveCount(100);
    }

    [FleetFact]
    public async Task What_can_be_no_package_is_told_and_listed()
    {
        var place = NewPlace();
        await using var watch = await StartAsync(place);
        File.CreateSymbolicLink(Path.Combine(place.Watched, "app-link"), "/etc/passwd");
        Drop(place, "other");
        await Wait.UntilAsync(() => watch.Error.Text.Contains("app-link", StringComparison.Ordinal) && watch.Error.Text.Contains("other", StringComparison.Ordinal), Patience.Usual, () => watch.Error.Text);
        (await StopAsync(watch)).ShouldSucceed();
        (await place.DispatchAsync("status")).Output.Should().Contain("symbolic link").And.Contain("no rule matches");
        File.Exists(place.OnHost(Host, "app-link")).Should().BeFalse();
    }

    private DispatchPlace NewPlace([System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        var place = new DispatchPlace(Fleet, test);
        place.WriteRule([Host], DispatchPlace.Install);
        return place;
    }

    /// <summary>Moves a file in, whole.</summary>
    private static void Drop(DispatchPlace place, string name)
    {
        string file = Path.Combine(place.Watched, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.Move(place.Work.Write("dropped", name), file);
    }

    private static async Task<RunningProgram> StartAsync(DispatchPlace place)
    {
        var watch = place.Start("--watch", place.Watched, "--json");
        await Wait.UntilAsync(() => watch.Error.Text.Contains("watching", StringComparison.Ordinal) && Directory.EnumerateFiles(place.State, "seen*").Any(f => new FileInfo(f).Length > 0),
            Patience.Usual, () => watch.Error.Text);
        return watch;
    }

    private Task UntilInstalledAsync(DispatchPlace place, RunningProgram watch, int count) =>
        Wait.UntilAsync(() => place.InstalledOn(Host).Length >= count && watch.Output.Text.Split("package_installed").Length > count, Patience.Usual, () => watch.Error.Text);

    private static Task<ProgramResult> StopAsync(RunningProgram watch)
    {
        watch.Send(Signal.Interrupt);
        return watch.WaitForExitAsync();
    }
}
