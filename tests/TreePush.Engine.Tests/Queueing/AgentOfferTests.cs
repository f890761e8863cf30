using TreePush.Core.Queueing;

namespace TreePush.Engine.Tests.Queueing;

public sealed class AgentOfferTests : IAsyncDisposable
{
    private readonly AgentPlace _place = new();

    [Fact]
    public async Task A_file_that_is_there_is_offered_and_not_pulled()
    {
        File.WriteAllText(_place.File, "content");
        await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.SeeAsync<FileOffered>();
        _place.Store.Count("claim").Should().Be(0);
    }

    [Fact]
    public async Task A_served_file_is_offered_and_another_one_in_its_place_is_never_replaced()
    {
        _place.Options = _place.Options with { Served = [_place.File] };
        File.WriteAllText(_place.File, "content");
        var task = await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.SeeAsync<FileOffered>();
        File.WriteAllText(_place.File, "of next week");
        _place.Store.Wake(AgentPlace.Name);
        await _place.SeeAsync<FileWithdrawn>();
        (await _place.SeeAsync<TaskRefused>()).Reason.Should().Contain("originates on this host");
        _place.Store.Find(task.Id, AgentPlace.Name)!.Progress.Should().Be(HostProgress.Waiting);
        File.ReadAllText(_place.File).Should().Be("of next week");
    }

    [Fact]
    public async Task A_served_file_that_comes_back_is_offered_again()
    {
        _place.Options = _place.Options with { Served = [_place.Root] };
        await _place.SubmitAsync("content");
        _place.Start();
        await _place.SeeAsync<TaskRefused>();
        File.WriteAllText(_place.File, "content");
        _place.Store.Wake(AgentPlace.Name);
        await _place.SeeAsync<FileOffered>();
    }

    [Fact]
    public async Task A_pulled_file_that_was_changed_is_withdrawn_and_pulled_again()
    {
        await _place.SubmitWithSourceAsync("content");
        _place.Start();
        await _place.SeeAsync<PullFinished>();
        File.WriteAllText(_place.File, "changed");
        _place.Store.Wake(AgentPlace.Name);
        await _place.SeeAsync<FileWithdrawn>();
        await _place.SeeAsync<PullFinished>(times: 2);
        File.ReadAllText(_place.File).Should().Be("content");
    }

    [Fact]
    public async Task A_file_that_was_written_again_with_the_same_content_stays_a_source()
    {
        File.WriteAllText(_place.File, "content");
        await _place.SubmitAsync("content");
        _place.Start();
        await _place.SeeAsync<FileOffered>();
        File.WriteAllText(_place.File, "content");
        int looks = _place.Store.Count("open");
        await _place.PassUntilAsync(() => _place.Store.Count("open") > looks + 1);
        (_place.Count<FileWithdrawn>(), _place.Store.Count("offer")).Should().Be((0, 1));
    }

    [Fact]
    public async Task A_file_that_changed_while_no_agent_ran_is_pulled_again()
    {
        var task = await _place.SubmitWithSourceAsync("content");
        await _place.Store.OfferAsync(task.Id, AgentPlace.Name, null, CancellationToken.None);
        _place.Start();
        await _place.SeeAsync<FileWithdrawn>();
        await _place.PassUntilAsync(() => _place.Count<PullFinished>() > 0);
    }

    [Fact]
    public async Task A_source_that_is_suspected_though_its_file_is_right_offers_it_again()
    {
        File.WriteAllText(_place.File, "content");
        var task = await _place.SubmitAsync("content");
        _place.Start();
        await _place.SeeAsync<FileOffered>();
        await AccuseAsync(task);
        await _place.PassUntilAsync(() => _place.Count<FileOffered>() > 1);
        (await _place.Store.ClaimAsync(task.Id, "other-2", null, CancellationToken.None)).Claim!.Source.Should().Be(AgentPlace.Name);
    }

    [Fact]
    public async Task A_source_whose_file_rots_unnoticed_withdraws_it_when_it_is_suspected()
    {
        File.WriteAllText(_place.File, "content");
        File.SetLastWriteTimeUtc(_place.File, DateTime.UnixEpoch);
        var task = await _place.SubmitAsync("content");
        _place.Options = _place.Options with { Served = [_place.File] };
        _place.Start();
        await _place.SeeAsync<FileOffered>();
        File.WriteAllText(_place.File, "CONTENT");
        File.SetLastWriteTimeUtc(_place.File, DateTime.UnixEpoch);
        await AccuseAsync(task);
        await _place.PassUntilAsync(() => _place.Count<FileWithdrawn>() > 0);
    }

    [Fact]
    public async Task What_the_store_has_lost_is_offered_again()
    {
        File.WriteAllText(_place.File, "content");
        var task = await _place.SubmitAsync("content");
        _place.Start();
        await _place.SeeAsync<FileOffered>();
        await _place.Store.WithdrawAsync(task.Id, AgentPlace.Name, CancellationToken.None);
        await _place.PassUntilAsync(() => _place.Store.Find(task.Id, AgentPlace.Name)!.Progress == HostProgress.Finished);
    }

    [Fact]
    public async Task A_task_that_was_submitted_again_to_an_empty_store_gets_the_offer_again()
    {
        File.WriteAllText(_place.File, "content");
        await _place.SubmitAsync("content");
        _place.Start();
        await _place.SeeAsync<FileOffered>();
        _place.Store.Empty();
        var task = await _place.SubmitAsync("content");
        await _place.PassUntilAsync(() => _place.Store.Find(task.Id, AgentPlace.Name)?.Progress == HostProgress.Finished);
    }

    [Fact]
    public async Task A_path_outside_of_the_roots_is_refused_once()
    {
        await _place.SubmitAsync("content", "/etc/treepush-test");
        _place.Start();
        await _place.SeeAsync<TaskRefused>();
        int looks = _place.Store.Count("open");
        await _place.PassUntilAsync(() => _place.Store.Count("open") > looks + 1);
        _place.Count<TaskRefused>().Should().Be(1);
        _place.Store.Count("claim").Should().Be(0);
    }

    [Fact]
    public async Task The_plain_key_is_adopted_where_the_file_originates()
    {
        _place.Options = _place.Options with { Served = [_place.Root], Slots = 3 };
        File.WriteAllText(_place.File, "content");
        _place.Store.Plain = _place.File;
        _place.Start();
        (await _place.SeeAsync<TaskAdopted>()).Size.Should().Be(7);
        await _place.SeeAsync<FileOffered>();
        (await _place.Store.OpenTasksAsync(CancellationToken.None)).Single().Slots.Should().Be(3);
    }

    [Theory]
    [InlineData("served/../../etc/passwd")]
    [InlineData("served/missing")]
    public async Task A_plain_key_that_is_not_to_be_served_is_not_adopted(string path)
    {
        Directory.CreateDirectory(_place["served"]);
        _place.Options = _place.Options with { Served = [_place["served"]] };
        _place.Store.Plain = _place[path];
        _place.Start();
        await _place.UntilAsync(() => _place.Store.Count("wait") > 1);
        _place.Store.Count("adopt").Should().Be(0);
    }

    [Fact]
    public async Task An_agent_that_serves_nothing_does_not_look_at_the_plain_key()
    {
        File.WriteAllText(_place.File, "content");
        _place.Store.Plain = _place.File;
        _place.Start();
        await _place.UntilAsync(() => _place.Store.Count("wait") > 1);
        _place.Store.Count("plain").Should().Be(0);
    }

    public ValueTask DisposeAsync() => _place.DisposeAsync();

    private async Task AccuseAsync(TaskSpec task)
    {
        var claim = (await _place.Store.ClaimAsync(task.Id, "other-1", null, CancellationToken.None)).Claim!;
        await _place.Store.FailAsync(task.Id, "other-1", claim.Token, "differs", FaultOf.SourceFile, CancellationToken.None);
    }
}
