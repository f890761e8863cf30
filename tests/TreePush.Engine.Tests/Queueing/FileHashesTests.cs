using TreePush.Core.Queueing;
using TreePush.Engine.Queueing;

namespace TreePush.Engine.Tests.Queueing;

public sealed class FileHashesTests : IDisposable
{
    private const string Sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private readonly Temporary _temporary = new();
    private readonly FileHashes _hashes = new();

    [Fact]
    public async Task The_tasks_file_is_found()
    {
        _temporary.Write("f", "abc");
        (await FindAsync()).Should().NotBeNull();
    }

    [Theory]
    [InlineData("abd")]
    [InlineData("abcd")]
    [InlineData("")]
    public async Task Another_file_is_not(string text)
    {
        _temporary.Write("f", text);
        (await FindAsync()).Should().BeNull();
    }

    [Fact]
    public async Task What_is_not_there_is_not() => (await FindAsync()).Should().BeNull();

    [Fact]
    public async Task A_link_to_the_tasks_file_is_not()
    {
        File.CreateSymbolicLink(_temporary["f"], _temporary.Write("elsewhere", "abc"));
        (await FindAsync()).Should().BeNull();
    }

    [Fact]
    public async Task A_file_that_looks_as_it_did_is_not_read_again_until_its_hash_is_forgotten()
    {
        File.SetLastWriteTimeUtc(_temporary.Write("f", "abc"), DateTime.UnixEpoch);
        await FindAsync();
        File.SetLastWriteTimeUtc(_temporary.Write("f", "xyz"), DateTime.UnixEpoch);
        (await FindAsync()).Should().NotBeNull();
        _hashes.Forget(_temporary["f"]);
        (await FindAsync()).Should().BeNull();
    }

    [Fact]
    public async Task A_file_that_took_the_place_of_another_is_read_though_size_and_time_are_equal()
    {
        File.SetLastWriteTimeUtc(_temporary.Write("f", "abc"), DateTime.UnixEpoch);
        await FindAsync();
        File.SetLastWriteTimeUtc(_temporary.Write("new", "xyz"), DateTime.UnixEpoch);
        File.Move(_temporary["new"], _temporary["f"], overwrite: true);
        (await FindAsync()).Should().BeNull();
    }

    [Fact]
    public async Task An_empty_file_has_a_hash()
    {
        _temporary.Write("f", "");
        (await _hashes.OfAsync(_temporary["f"], CancellationToken.None))!.Value.Sha256.Should().Be("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    [Fact]
    public async Task A_file_larger_than_one_block_is_read_whole()
    {
        File.WriteAllBytes(_temporary["f"], new byte[3_000_001]);
        var expected = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(new byte[3_000_001]));
        (await _hashes.OfAsync(_temporary["f"], CancellationToken.None))!.Value.Sha256.Should().Be(expected);
    }

    public void Dispose() => _temporary.Dispose();

    private async Task<object?> FindAsync() =>
        await _hashes.FindAsync(new TaskSpec("id", _temporary["f"], 3, Sha256OfAbc, 1, 3, DateTimeOffset.UnixEpoch), CancellationToken.None);
}
