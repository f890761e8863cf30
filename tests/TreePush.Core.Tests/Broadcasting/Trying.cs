using TreePush.Core.Broadcasting;
using TreePush.Core.Broadcasting.Simulation;
using Xunit.Abstractions;

namespace TreePush.Core.Tests.Broadcasting;

public sealed class Trying(ITestOutputHelper output)
{
    private static readonly Fortune SlowDown = new() { Down = 0.1 };

    private void Show(string what, Broadcast run)
    {
        output.WriteLine($"{what}: {run.Result.Duration.TotalSeconds:0.00} s, ok {run.Result.Succeeded} failed {run.Result.Failed} links {run.Result.Links} inputs {run.Result.Inputs} moved [{string.Join(' ', run.MovedBack)}]");
    }

    [Fact]
    public void Sixteen()
    {
        var fleet = new SimulatedFleet();
        var plain = Broadcast.Of("z1", "t[01-16]", fleet);
        Show("plain", plain);
        foreach (var e in plain.Told<HostLinked>()) output.WriteLine($"{e.Time:ss.fff} {e.Parent} > {e.Child}");
        double undisturbed = plain.TimeOfAllBut();
        string first = plain.Told<HostLinked>().First().Child.Value;
        var names = plain.Told<HostLinked>().Select(e => e.Child.Value).ToList();
        foreach (int at in new[] { 0, 1, 5, 8, 14, 15 })
        {
            var run = Broadcast.Of("z1", "t[01-16]", fleet with { Fortunes = Broadcast.Only((names[at], SlowDown)) });
            Show($"slow {at}: others {run.TimeOfAllBut(names[at]) / undisturbed:0.000}", run);
        }

        var two = Broadcast.Of("z1", "t[01-16]", fleet with { Fortunes = Broadcast.Only((names[4], SlowDown), (names[5], SlowDown)) });
        Show($"two side by side: others {two.TimeOfAllBut(names[4], names[5]) / undisturbed:0.000}", two);
        two = Broadcast.Of("z1", "t[01-16]", fleet with { Fortunes = Broadcast.Only((names[0], SlowDown), (names[1], SlowDown)) });
        Show($"two at head: others {two.TimeOfAllBut(names[0], names[1]) / undisturbed:0.000}", two);
        var up = Broadcast.Of("z1", "t[01-16]", fleet with { Fortunes = Broadcast.Only((names[5], new Fortune { Up = 0.1 })) });
        Show($"slow uplink in the middle: others {up.TimeOfAllBut(names[5]) / undisturbed:0.000}", up);
        up = Broadcast.Of("z1", "t[01-16]", fleet with { Fortunes = Broadcast.Only(("z1", new Fortune { Up = 0.1 })) });
        Show($"slow uplink of the source", up);
        foreach (var e in up.Told<HostMovedBack>()) output.WriteLine($"{e.Time:ss.fff} {e.Host} {e.Rate} {e.Typical}");
        foreach (var e in up.Told<HostLinked>().Skip(15)) output.WriteLine($"{e.Time:ss.fff} {e.Parent} > {e.Child}");
        var dies = TimeSpan.FromSeconds(3);
        foreach (int[] dead in new[] { new[] { 0, 1, 2 }, [3, 8, 12], [0, 7, 15] })
        {
            var killed = Broadcast.Of("z1", "t[01-16]", fleet with { Fortunes = Broadcast.Only([.. dead.Select(d => (names[d], new Fortune { Dies = dies }))]) });
            Show($"killed {string.Join(',', dead)}: others {killed.TimeOfAllBut() / undisturbed:0.000}", killed);
            killed = Broadcast.Of("z1", "t[01-16]", fleet with { Fortunes = Broadcast.Only([.. dead.Select(d => (names[d], new Fortune { FallsSilent = dies }))]) });
            Show($"silent {string.Join(',', dead)}: others {killed.TimeOfAllBut() / undisturbed:0.000}", killed);
        }
    }
}
