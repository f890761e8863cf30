using TreePush.Core.Queueing;
using TreePush.Engine.Queueing;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Queueing;

public sealed class SubmitterTests : IDisposable
{
    private readonly Temporary _temporary = new();
    private readonly ManualTime _time = new();
    private readonly TableStore _store;

    public SubmitterTests() => _store = new TableStore(_time);

    [Fact]
    public async Task A_file_becomes_a_task_with_size_and_hash()
    {
        var submitter = await PrepareAsync();
        var task = await submitter.SubmitAsync(CancellationToken.None);
        task.Should().Match<TaskSpec>(t => t.Path == _temporary["f"] && t.Size == 3 && t.Sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        (await _store.ViewAsync(task.Id, CancellationToken.None))!.Hosts.Should().BeEmpty();
    }

    [Fact]
    public async Task A_submitting_host_that_serves_is_the_first_source()
    {
        var task = await (await PrepareAsync("web1")).SubmitAsync(CancellationToken.None);
        (await _store.ViewAsync(task.Id, CancellationToken.None))!.Hosts.Should().ContainSingle().Which.Should().Match<TaskHost>(h => h.Name == "web1" && h.Progress == HostProgress.Finished);
    }

    [Theory]
    [InlineData("missing", "is not there")]
    [InlineData("folder", "is a directory")]
    [InlineData("link", "is a symbolic link")]
    [InlineData("pipe", "is no regular file")]
    [InlineData("bad\nname", "control characters")]
    public async Task What_is_no_plain_file_is_refused(string name, string reason)
    {
        Directory.CreateDirectory(_temporary["folder"]);
        File.CreateSymbolicLink(_temporary["link"], _temporary.Write("f", "abc"));
        _temporary.Write("bad\nname", "abc");
        using (var made = System.Diagnostics.Process.Start("mkfifo", [_temporary["pipe"]])) await made.WaitForExitAsync();
        var (submitter, failure) = await Submitter.PrepareAsync(_store, new SubmitOptions { Path = _temporary[name] }, _time, CancellationToken.None);
        submitter.Should().BeNull();
        failure!.Message.Should().Contain(reason).And.NotContain("\n");
    }

    [Fact]
    public async Task A_directory_comes_with_a_hint_at_what_to_do() =>
        (await Submitter.PrepareAsync(_store, new SubmitOptions { Path = _temporary.Directory }, _time, CancellationToken.None)).Failure!.Hint.Should().Contain("treepush sync");

    [Fact]
    public async Task A_store_that_is_away_at_the_start_is_the_callers_affair()
    {
        var submitter = await PrepareAsync();
        _store.Outage = TableStore.Away();
        await submitter.Awaiting(s => s.SubmitAsync(CancellationToken.None)).Should().ThrowAsync<TaskStoreException>();
    }

    [Fact]
    public async Task Following_ends_when_the_task_is_cancelled()
    {
        var submitter = await PrepareAsync();
        var task = await submitter.SubmitAsync(CancellationToken.None);
        await using var steps = new Steps(submitter.FollowAsync(task.Id, CancellationToken.None), _time);
        (await steps.NextAsync<SubmitStep.Viewed>()).View.State.Should().Be(TaskState.Open);
        await _store.CancelAsync(task.Id, CancellationToken.None);
        (await steps.NextAsync<SubmitStep.Viewed>()).View.State.Should().Be(TaskState.Cancelled);
        (await steps.EndsAsync()).Should().BeTrue();
    }

    [Fact]
    public async Task An_outage_is_told_once_and_so_is_its_end()
    {
        var submitter = await PrepareAsync();
        var task = await submitter.SubmitAsync(CancellationToken.None);
        await using var steps = new Steps(submitter.FollowAsync(task.Id, CancellationToken.None), _time);
        _store.Outage = TableStore.Away();
        (await steps.NextAsync<SubmitStep.StoreLost>()).Failure.Message.Should().Be("Redis is away");
        var next = steps.NextAsync<SubmitStep>(() => _store.Outage = null, after: 5);
        (await next).Should().BeOfType<SubmitStep.StoreBack>();
        await steps.NextAsync<SubmitStep.Viewed>();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_store_that_has_lost_the_task_gets_it_again_and_the_offer_too_if_the_file_is_the_same(bool hasChanged)
    {
        var submitter = await PrepareAsync("web1");
        var task = await submitter.SubmitAsync(CancellationToken.None);
        await using var steps = new Steps(submitter.FollowAsync(task.Id, CancellationToken.None), _time);
        _store.Empty();
        if (hasChanged) File.WriteAllText(_temporary["f"], "abcd");
        (await steps.NextAsync<SubmitStep.Repeated>()).IsOffered.Should().Be(!hasChanged);
        (await steps.NextAsync<SubmitStep.Viewed>()).View.Hosts.Should().HaveCount(hasChanged ? 0 : 1);
    }

    [Fact]
    public async Task A_failure_that_will_not_pass_ends_the_following()
    {
        var submitter = await PrepareAsync();
        var task = await submitter.SubmitAsync(CancellationToken.None);
        _store.Outage = TableStore.Away(mayPass: false);
        await using var steps = new Steps(submitter.FollowAsync(task.Id, CancellationToken.None), _time);
        await steps.Awaiting(s => s.NextAsync<SubmitStep>()).Should().ThrowAsync<TaskStoreException>();
    }

    public void Dispose() => _temporary.Dispose();

    private async Task<Submitter> PrepareAsync(string? source = null)
    {
        string path = _temporary.Write("f", "abc");
        var (submitter, failure) = await Submitter.PrepareAsync(_store, new SubmitOptions { Path = path, Source = source }, _time, CancellationToken.None);
        failure.Should().BeNull();
        return submitter!;
    }

    /// <summary>Reads steps while time passes.</summary>
    private sealed class Steps(IAsyncEnumerable<SubmitStep> steps, ManualTime time) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SubmitStep> _steps = steps.GetAsyncEnumerator();

        /// <param name="meanwhile">Called when so many seconds have passed.</param>
        public async Task<T> NextAsync<T>(Action? meanwhile = null, int after = 0)
            where T : SubmitStep
        {
            (await MoveAsync(meanwhile, after)).Should().BeTrue();
            return _steps.Current.Should().BeAssignableTo<T>().Subject;
        }

        public async Task<bool> EndsAsync() => !await MoveAsync(null, 0);

        public ValueTask DisposeAsync() => _steps.DisposeAsync();

        private async Task<bool> MoveAsync(Action? meanwhile, int after)
        {
            var moving = _steps.MoveNextAsync().AsTask();
            for (int second = 0; !moving.IsCompleted; second++)
            {
                if (second == after) meanwhile?.Invoke();
                await Wait.UntilAsync(() => moving.IsCompleted || time.Pending > 0, Patience.Usual, () => "nobody waits for time to pass");
                if (!moving.IsCompleted) time.Pass(TimeSpan.FromSeconds(1));
            }

            return await moving;
        }
    }
}
