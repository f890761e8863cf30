using TreePush.Core.Dispatching;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>Brings a package to one host: over ssh, or to a folder of this machine.</summary>
/// <param name="drivers">The ways to hosts, by password; their connections should be shared (<see cref="HostConnections"/>).</param>
public sealed class SshDelivery(DriverBook drivers, TimeProvider time)
{
    /// <summary>A host that takes no byte for so long, or needs longer than this to verify and flush the file, is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What hosts verify and flush at least, in bytes a second.</summary>
    private const long SlowestDisk = 4 << 20;

    /// <summary>Above this size, in bytes, the host is asked first whether it has the file already.</summary>
    private const long AskedFrom = 1 << 20;

    /// <param name="folder">Absolute, or relative to the login's home.</param>
    public async Task<DeliveryOutcome> DeliverAsync(StagedPackage package, string folder, HostAccess access, CancellationToken ct)
    {
        try
        {
            return await CopyAsync(package, folder, access, ct);
        }
        catch (RemoteException e)
        {
            return DeliveryFailure.Of(package, folder, e.Failure);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return DeliveryFailure.OfStaging(package, folder, e);
        }
    }

    private async Task<DeliveryOutcome> CopyAsync(StagedPackage package, string folder, HostAccess access, CancellationToken ct)
    {
        await using var host = await drivers.For(access.Password).OpenAsync(access.Host, ct);
        using var silence = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, silence.Token);
        await using var file = new FileStream(package.File, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var content = new WatchedStream(file, isEnd => silence.CancelAfter(isEnd ? Patience + TimeSpan.FromSeconds((double)package.Size / SlowestDisk) : Patience));
        try
        {
            var copied = await host.CopyInAsync(content, CopyOf(package, folder), either.Token);
            return new DeliveryOutcome(copied.Folder, copied.Path, copied.IsHashed ? DeliveryProof.Sha256 : DeliveryProof.Size, null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return DeliveryFailure.Of(package, folder, new Failure(FailureKind.TimedOut, $"{access.Host} has taken nothing for {Patience.TotalMinutes:0} minutes", "does its disk respond?"));
        }
    }

    private static FileCopy CopyOf(StagedPackage package, string folder) => new(folder, package.Name, package.Size)
    {
        Sha256 = package.Sha256,
        Key = string.Concat(package.Id.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' ? c : '_').Take(64)),
        AsksFirst = package.Size > AskedFrom,
    };
}
