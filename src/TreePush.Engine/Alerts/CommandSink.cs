using System.Text;
using TreePush.Core.Alerts;
using TreePush.Core.Hosts;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Alerts;

/// <summary>
/// Runs a command here with <c>sh -c</c>. It reads the alert's text from standard input and finds TPUSH_ALERT_SUBJECT and TPUSH_ALERT_COUNT in its environment.
/// It ends, with all that it started, when it has taken too long.
/// </summary>
public sealed class CommandSink(string command) : IAlertSink
{
    public string Name => "the command";

    public async Task SendAsync(Alert alert, CancellationToken ct)
    {
        var tail = new Tail();
        var plan = new ChildPlan("sh", ["-c", command])
        {
            Environment = new Dictionary<string, string> { ["TPUSH_ALERT_SUBJECT"] = alert.Subject, ["TPUSH_ALERT_COUNT"] = $"{alert.Count}" },
        };
        try
        {
            int? status = await ChildRun.RunAsync(plan, Encoding.UTF8.GetBytes(alert.Text), line => tail.Add(line.Text), ct);
            if (status != 0) throw new AlertException($"exit status {status}{Said(tail)}");
        }
        catch (RemoteException e)
        {
            throw new AlertException(e.Failure.Message);
        }
    }

    private static string Said(Tail tail) => tail.Lines.LastOrDefault(l => !string.IsNullOrWhiteSpace(l)) is { } last ? $": {DisplayText.Line(last)}" : "";
}
