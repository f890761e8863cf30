using System.Text;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Syncing;

/// <summary>The dialogue with a host's shell until it has become the relay.</summary>
internal sealed class RelayStartup(RelayProcess relay, IReadOnlyList<RelayPackage> packages)
{
    /// <summary>How long the shell may take to find the relay, or a folder for it, and the relay to greet.</summary>
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long bytes that were sent may take to arrive and be checked: on slow lines, ssh and the kernel hold some back.
    /// A dead line is noticed by ssh itself.
    /// </summary>
    private static readonly TimeSpan PlacingPatience = TimeSpan.FromMinutes(2);

    /// <summary>How long the shell may take to end after it has given up.</summary>
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly string _mark = RemoteScript.NewMark();

    private Host Host => relay.Host;

    /// <exception cref="RemoteException">The relay can't be started on this host.</exception>
    public async Task RunAsync(RelayStart start, CancellationToken ct)
    {
        var silence = RelayDiagnosis.OfSilence(Host);
        await SayAsync(RelayScript.Start(packages, start.Sudo, _mark), ct);
        var reply = await ReplyAsync(AnswerPatience, silence, ct) ?? throw await NoRelayAsync(ct);
        if (reply.Word is "has" or "absent") Note(reply);
        if (reply.Word == "absent") await PlaceAsync(start.Supply, ct);
        else if (reply.Word != "has") throw await RefusalAsync(reply, ct);

        if (!await WithinAsync(token => relay.Received.SkipAsync(RelayGreeting.Find, token), AnswerPatience, silence, ct))
            throw await NoRelayAsync(ct);
        relay.MarkStarted();
    }

    private void Note(RelayReply reply)
    {
        var (program, connection) = reply.Found();
        (relay.Program, relay.Addresses) = (program, SshAddresses.Parse(connection));
    }

    private async Task PlaceAsync(RelaySupply.Lease? supply, CancellationToken ct)
    {
        var peer = supply is null ? null : await supply.TakeAsync(relay.Program, ct);
        await SayAsync(RelayScript.Place(peer), ct);
        var silence = RelayDiagnosis.OfSilence(Host);
        var reply = await ReplyAsync(peer is null ? AnswerPatience : PlacingPatience, silence, ct);
        bool isFromHere = reply?.Word is "gzip" or "plain";
        if (isFromHere)
        {
            await SendAsync(() => SendRelayAsync(reply!, ct));
            reply = await ReplyAsync(PlacingPatience, silence, ct);
        }

        if (reply is null) throw await NoRelayAsync(ct);
        if (reply.Word != "placed") throw await RefusalAsync(reply, ct);
        relay.WasPlaced = true;
        if (supply is null) return;
        supply.Worked = !isFromHere;
        // If the peer worked, the next host can use it before this relay runs. Otherwise the next host would get the relay
        // from this machine as well, so it must wait.
        if (supply.Worked) supply.Dispose();
    }

    private async Task SendRelayAsync(RelayReply wish, CancellationToken ct)
    {
        if (packages.FirstOrDefault(p => p.Hash == wish.Detail) is not { } package) return;
        bool compressed = wish.Word == "gzip";
        await using var content = compressed ? package.OpenCompressed() : package.OpenPlain();
        relay.BytesPlaced = compressed ? package.CompressedLength : package.Length;
        await content.CopyToAsync(relay.Input, ct);
        await relay.Input.FlushAsync(ct);
    }

    private Task SayAsync(string line, CancellationToken ct) => SendAsync(async () =>
    {
        await relay.Input.WriteAsync(Encoding.ASCII.GetBytes(line + '\n'), ct);
        await relay.Input.FlushAsync(ct);
    });

    private static async Task SendAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (IOException)
        {
            // The shell or the connection is gone; its output tells why.
        }
    }

    /// <returns>Null if the other end is gone.</returns>
    private async Task<RelayReply?> ReplyAsync(TimeSpan patience, Failure silence, CancellationToken ct)
    {
        return RelayReply.Parse(await WithinAsync(token => relay.Received.ReadMarkedLineAsync(_mark, token), patience, silence, ct));
    }

    private static async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> wait, TimeSpan patience, Failure silence, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        try
        {
            return await wait(limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new RemoteException(silence);
        }
    }

    private async Task<RemoteException> NoRelayAsync(CancellationToken ct)
    {
        var exit = await ExitAsync(ct);
        return new RemoteException(exit is null ? RelayDiagnosis.OfSilence(Host) : exit.Failure ?? RelayDiagnosis.OfStart(Host, exit.Status, exit.Tail));
    }

    private async Task<RemoteException> RefusalAsync(RelayReply reply, CancellationToken ct)
    {
        var complaints = (await ExitAsync(ct))?.Tail ?? [];
        return new RemoteException(reply.Word switch
        {
            "platform" => RelayDiagnosis.OfPlatform(Host, reply.Detail, [.. packages.Select(p => p.Platform)]),
            "loader" => RelayDiagnosis.OfLoader(Host, reply.Detail),
            "room" => RelayDiagnosis.OfNoRoom(Host, packages.Max(p => p.Length), reply.Detail),
            "nowhere" => RelayDiagnosis.OfNoPlace(Host, reply.Detail),
            "unusable" => RelayDiagnosis.OfStart(Host, int.TryParse(reply.Detail, out int status) ? status : 1, complaints),
            "unplaced" => RelayDiagnosis.OfPlacing(Host, complaints),
            _ => SshDiagnosis.OfLoginScript(Host),
        });
    }

    /// <summary>Waits for the shell's end, so that all of its standard error has been read.</summary>
    /// <returns>Null if it does not end.</returns>
    private async Task<RelayExit?> ExitAsync(CancellationToken ct)
    {
        try
        {
            return await relay.Ended.WaitAsync(EndPatience, ct);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
