using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

/// <summary>Alerts that a configuration asks for.</summary>
public sealed class AlertTests(FourDispatchHosts hosts) : IClassFixture<FourDispatchHosts>
{
    [FleetFact]
    public async Task Errors_raise_an_alert_when_as_many_have_come_as_the_rules_say()
    {
        var place = new DispatchPlace(hosts.Fleet);
        string alert = place.Work["alert"];
        place.WriteRules($"alerts:\n  when: {{60: 3}}\n  command: (echo \"$TPUSH_ALERT_COUNT\"; cat) >{alert}\nrules:\n- match: app\n  host: local\n");
        foreach (string name in new[] { "one", "two", "three" }) place.Work.Write(name, name);
        (await place.DispatchAsync("one", "two")).ShouldExit(3);
        File.Exists(alert).Should().BeFalse();
        (await place.DispatchAsync("one", "two", "three")).ShouldExit(3);
        File.ReadAllText(alert).Should().StartWith("3\n").And.Contain("no rule matches").And.Contain("two");
    }

    [FleetFact]
    public async Task An_alert_that_can_not_be_sent_is_told()
    {
        var place = new DispatchPlace(hosts.Fleet);
        place.WriteRules("alerts:\n  command: exit 7\nrules:\n- match: app\n  host: local\n");
        place.Work.Write("one", "one");
        (await place.DispatchAsync("one")).ShouldExit(3).Error.Should().Contain("was not sent by the command: exit status 7");
    }
}
