using System.Net;
using System.Net.Sockets;
using TreePush.Core.Wire;
using TreePush.Relay.Links;

namespace TreePush.Relay.Tests.Links;

/// <summary>A relay gives its own program, compressed, to whoever shows the token.</summary>
public sealed class HandingOut : IDisposable
{
    private static readonly byte[] Secret = new byte[LinkToken.SecretSize];

    private readonly string _program = Path.GetTempFileName();
    private readonly Socket _asker;
    private readonly Socket _asked;

    public HandingOut()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        _asker = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _asker.Connect(listener.LocalEndPoint!);
        _asked = listener.Accept();
    }

    [Fact]
    public void Token_is_answered_with_the_compressed_program_and_the_end()
    {
        byte[] compressed = new byte[200_000];
        new Random(1).NextBytes(compressed);
        File.WriteAllBytes(_program + ".gz", compressed);
        _asker.Send(ProgramRequest.Make(Secret, 1));
        ProgramServer.IsAsked(_asked).Should().BeTrue();
        ProgramServer.IsAsked(_asked).Should().BeTrue("nothing was taken");
        var way = new SendPriority();
        var programs = new ProgramServer(Secret, new RateLimit(0), way, _program);
        programs.IsGranted(_asked).Should().BeTrue();
        new Thread(() => programs.Give(_asked)).Start();
        All().Should().Equal(compressed);
        way.IsFree(TimeSpan.FromMinutes(1)).Should().BeTrue("pieces go on");
    }

    [Fact]
    public void Host_that_keeps_no_compressed_program_gives_nothing()
    {
        new ProgramServer(Secret, new RateLimit(0), new SendPriority(), _program).Give(_asked);
        All().Should().BeEmpty();
    }

    [Fact]
    public void Token_of_another_relay_is_refused()
    {
        _asker.Send(ProgramRequest.Make([.. Enumerable.Repeat((byte)1, LinkToken.SecretSize)], 1));
        new ProgramServer(Secret, new RateLimit(0), new SendPriority(), _program).IsGranted(_asked).Should().BeFalse();
    }

    [Fact]
    public void Request_that_was_seen_before_is_refused()
    {
        var programs = new ProgramServer(Secret, new RateLimit(0), new SendPriority(), _program);
        for (int i = 0; i < 2; i++) _asker.Send(ProgramRequest.Make(Secret, 1));
        programs.IsGranted(_asked).Should().BeTrue();
        programs.IsGranted(_asked).Should().BeFalse("whoever saw it go by in the clear gets nothing for it");
    }

    [Fact]
    public void Request_that_breaks_off_is_refused()
    {
        _asker.Send(ProgramRequest.Make(Secret, 1).AsSpan(0, 40));
        _asker.Shutdown(SocketShutdown.Send);
        new ProgramServer(Secret, new RateLimit(0), new SendPriority(), _program).IsGranted(_asked).Should().BeFalse();
    }

    public void Dispose()
    {
        _asker.Dispose();
        _asked.Dispose();
        File.Delete(_program);
        File.Delete(_program + ".gz");
    }

    private byte[] All()
    {
        using var all = new MemoryStream();
        new NetworkStream(_asker).CopyTo(all);
        return all.ToArray();
    }
}
