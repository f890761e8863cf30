using TreePush.Engine.Remote.Ssh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

public sealed class LoginLimitTests : IDisposable
{
    private static readonly TimeSpan Connect = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("treepush-login-").FullName;
    private readonly ManualTime _time = new();

    private string Socket => Path.Combine(_folder, "socket");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Host_that_has_not_let_ssh_in_has_the_time_to_connect_and_to_log_in()
    {
        await using var limit = new LoginLimit(Connect, Socket, _time, CancellationToken.None);
        _time.Pass(Connect + LoginLimit.LoginPatience - Moment);
        limit.Token.IsCancellationRequested.Should().BeFalse();
        _time.Pass(Moment);
        limit.Token.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public async Task Host_that_has_let_ssh_in_has_less()
    {
        await File.WriteAllTextAsync(Socket, "");
        await using var limit = new LoginLimit(Connect, Socket, _time, CancellationToken.None);
        _time.Pass(LoginLimit.ShellPatience - Moment);
        limit.Token.IsCancellationRequested.Should().BeFalse();
        _time.Pass(Moment);
        limit.Token.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public async Task Time_for_the_shell_begins_when_ssh_is_let_in()
    {
        await using var limit = new LoginLimit(Connect, Socket, _time, CancellationToken.None);
        _time.Pass(Connect);
        await File.WriteAllTextAsync(Socket, "");
        _time.Pass(LookEvery);
        await Wait.UntilAsync(
            () => _time.NextDue >= Connect + LoginLimit.ShellPatience && _time.NextDue <= Connect + LoginLimit.ShellPatience + LookEvery,
            Patience.Usual, () => $"the next timer is due at {_time.NextDue}");
    }

    [Fact]
    public async Task End_from_outside_ends_the_wait()
    {
        using var outside = new CancellationTokenSource();
        await using var limit = new LoginLimit(Connect, Socket, _time, outside.Token);
        await outside.CancelAsync();
        limit.Token.IsCancellationRequested.Should().BeTrue();
    }
}
