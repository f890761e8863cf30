using TreePush.Engine.Queueing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Tests.Queueing;

public sealed class AgentLockTests : IDisposable
{
    private readonly Temporary _temporary = new();

    [Fact]
    public void A_second_agent_of_the_same_name_does_not_get_it()
    {
        using var first = AgentLock.TryTake(_temporary.Directory, "web1");
        first.Should().NotBeNull();
        AgentLock.TryTake(_temporary.Directory, "web1").Should().BeNull();
    }

    [Fact]
    public void It_is_free_when_the_first_agent_has_ended()
    {
        AgentLock.TryTake(_temporary.Directory, "web1")!.Dispose();
        using var second = AgentLock.TryTake(_temporary.Directory, "web1");
        second.Should().NotBeNull();
    }

    [Fact]
    public void Agents_of_different_names_do_not_meet()
    {
        string[] names = ["web1", "web1:873", "web1%3A873", "[::1]:873", "../web1"];
        var locks = names.Select(n => AgentLock.TryTake(_temporary["state"], n)).ToList();
        locks.Should().NotContainNulls();
        Directory.GetFiles(_temporary["state"]).Should().HaveCount(names.Length);
        locks.ForEach(l => l!.Dispose());
    }

    [Fact]
    public void Of_many_that_try_at_once_one_gets_it()
    {
        var all = new AgentLock?[16];
        Parallel.For(0, all.Length, i => all[i] = AgentLock.TryTake(_temporary["state"], "web1"));
        all.OfType<AgentLock>().Should().ContainSingle().Which.Dispose();
    }

    [Fact]
    public void A_folder_that_can_not_be_used_is_no_held_lock()
    {
        _temporary.Write("file", "");
        FluentActions.Invoking(() => AgentLock.TryTake(_temporary["file/state"], "web1")).Should().Throw<RunFolderException>();
    }

    [Fact]
    public void Only_its_owner_can_enter_the_folder()
    {
        using var held = AgentLock.TryTake(_temporary["state"], "web1");
        File.GetUnixFileMode(_temporary["state"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _temporary.Dispose();
}
