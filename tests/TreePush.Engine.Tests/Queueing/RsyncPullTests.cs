using TreePush.Core.Queueing;
using TreePush.Core.Runs;
using TreePush.Engine.Queueing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing;

/// <summary>The default command, and one with a password, on real rsync daemons.</summary>
public sealed class RsyncPullTests : IAsyncDisposable
{
    private const string WithPassword = "rsync --times --ignore-times --password-file='FILE' \"rsync://reader@$TPUSH_SRC/treepush$TPUSH_PATH\" \"$TPUSH_PATH\"";

    private readonly AgentPlace _place = new();

    public RsyncPullTests() => _place.Options = _place.Options with { Command = AgentOptions.DefaultCommand };

    [FactWith("rsync")]
    public async Task The_default_command_pulls_from_a_daemon()
    {
        await using var daemon = await RsyncDaemon.StartAsync(new RsyncDaemonOptions());
        await SubmitAsync(daemon, "content", "a b/it's [1]*?");
        _place.Start();
        var finished = await _place.SeeAsync<PullFinished>();
        File.ReadAllText(finished.Path).Should().Be("content");
    }

    [FactWith("rsync")]
    public async Task A_file_of_equal_size_and_time_is_replaced_all_the_same()
    {
        await using var daemon = await RsyncDaemon.StartAsync(new RsyncDaemonOptions());
        await SubmitAsync(daemon, "content", "f");
        File.WriteAllText(_place.File, "CONTENT");
        foreach (string file in new[] { _place.File, daemon.FileOf(_place.File) }) File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch.AddDays(1));
        _place.Start();
        await _place.SeeAsync<PullFinished>();
        File.ReadAllText(_place.File).Should().Be("content");
    }

    [FactWith("rsync")]
    public async Task A_daemon_with_a_password_serves_who_has_it()
    {
        await using var daemon = await RsyncDaemon.StartAsync(new RsyncDaemonOptions { User = "reader" });
        _place.Options = _place.Options with { Command = WithPassword.Replace("FILE", daemon.PasswordFile, StringComparison.Ordinal) };
        await SubmitAsync(daemon, "content", "f");
        _place.Start();
        await _place.SeeAsync<PullFinished>();
    }

    [FactWith("rsync")]
    public async Task A_daemon_that_refuses_the_password_is_named_as_the_source_at_fault()
    {
        await using var daemon = await RsyncDaemon.StartAsync(new RsyncDaemonOptions { User = "reader" });
        string wrong = _place["wrong"];
        File.WriteAllText(wrong, "guessed\n");
        File.SetUnixFileMode(wrong, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _place.Options = _place.Options with { Command = WithPassword.Replace("FILE", wrong, StringComparison.Ordinal) };
        await SubmitAsync(daemon, "content", "f");
        var failure = await FailAsync(FaultOf.Source);
        failure.Kind.Should().Be(FailureKind.HostAuthentication);
        failure.Message.Should().Be($"the source {daemon.Name} refused the login: @ERROR: auth failed on module treepush");
    }

    [FactWith("rsync")]
    public async Task A_daemon_that_is_gone_can_not_be_reached()
    {
        await using var daemon = await RsyncDaemon.StartAsync(new RsyncDaemonOptions());
        await SubmitAsync(daemon, "content", "f");
        await daemon.StopAsync();
        var failure = await FailAsync(FaultOf.Source);
        failure.Message.Should().StartWith($"can't reach the source {daemon.Name}: ").And.Contain("Connection refused");
        failure.Hint.Should().Contain("rsync daemon");
    }

    [FactWith("rsync")]
    public async Task A_daemon_without_the_file_is_told_so()
    {
        await using var daemon = await RsyncDaemon.StartAsync(new RsyncDaemonOptions());
        await SubmitAsync(daemon, "content", "f");
        File.Delete(daemon.FileOf(_place.File));
        (await FailAsync(FaultOf.Source)).Message.Should().Contain("did not serve the file").And.Contain("No such file or directory");
    }

    [FactWith("rsync")]
    public async Task A_daemon_with_another_file_is_suspected()
    {
        await using var daemon = await RsyncDaemon.StartAsync(new RsyncDaemonOptions());
        await SubmitAsync(daemon, "content", "f");
        File.WriteAllText(daemon.FileOf(_place.File), "CONTENT");
        (await FailAsync(FaultOf.SourceFile)).Kind.Should().Be(FailureKind.FileDiffers);
    }

    [FactWith("rsync")]
    public async Task A_transfer_that_is_stopped_half_way_leaves_no_file_under_the_name()
    {
        await using var daemon = await RsyncDaemon.StartAsync(new RsyncDaemonOptions());
        await SubmitAsync(daemon, new string('x', 1 << 20), "f");
        _place.Options = _place.Options with { Command = AgentOptions.DefaultCommand.Replace("--times", "--times --bwlimit=64", StringComparison.Ordinal) };
        _place.Start();
        await _place.UntilAsync(() => Directory.EnumerateFiles(_place.Root, ".f.*").Any());
        await _place.StopAsync();
        File.Exists(_place.File).Should().BeFalse();
        Directory.EnumerateFiles(_place.Root).Should().BeEmpty();
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    private async Task SubmitAsync(RsyncDaemon daemon, string text, string name)
    {
        var task = await _place.SubmitAsync(text, Path.Combine(_place.Root, name));
        Directory.CreateDirectory(Path.GetDirectoryName(daemon.FileOf(task.Path))!);
        File.WriteAllText(daemon.FileOf(task.Path), text);
        await _place.Store.OfferAsync(task.Id, daemon.Name, null, CancellationToken.None);
    }

    private async Task<Failure> FailAsync(FaultOf fault)
    {
        _place.Start();
        var failed = await _place.SeeAsync<PullFailed>();
        _place.Store.Count($"fail {fault}").Should().Be(1);
        return failed.Failure;
    }
}
