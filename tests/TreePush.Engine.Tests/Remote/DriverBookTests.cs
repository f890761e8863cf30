using TreePush.Core.Hosts;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Drivers by password.</summary>
public sealed class DriverBookTests
{
    [Fact]
    public async Task Each_password_has_one_driver_and_all_are_disposed_of_with_the_book()
    {
        var made = new List<CountedDriver>();
        var book = new DriverBook(password =>
        {
            made.Add(new CountedDriver(password));
            return made[^1];
        });
        book.For(null).Should().BeSameAs(book.For(null)).And.NotBeSameAs(book.For(""));
        book.For("secret").Should().BeSameAs(book.For("secret"));
        made.Select(d => d.Password).Should().Equal(null, "", "secret");
        await book.DisposeAsync();
        made.Should().HaveCount(3).And.OnlyContain(d => d.Disposals == 1);
    }

    private sealed class CountedDriver(string? password) : IRemoteHostDriver
    {
        public string? Password { get; } = password;

        public int Disposals { get; private set; }

        public Task<IRemoteHost> OpenAsync(Host host, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask DisposeAsync()
        {
            Disposals++;
            return ValueTask.CompletedTask;
        }
    }
}
