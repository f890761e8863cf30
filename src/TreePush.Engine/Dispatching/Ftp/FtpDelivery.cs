using System.Collections.Concurrent;
using TreePush.Core.Dispatching;
using TreePush.Core.Dispatching.Ftp;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;

namespace TreePush.Engine.Dispatching.Ftp;

/// <summary>Brings packages to FTP servers with the curl program, which every platform has.</summary>
/// <param name="warn">Told in a sentence, once for each host, that a password went over the network in clear.</param>
public sealed class FtpDelivery(FtpOptions options, TimeProvider time, Action<string> warn)
{
    private const string Proof = "size";

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<HostName, bool> _warned = new();

    /// <summary>Sends a package to a host; the file appears under its name when it is whole. What is at fault is in the outcome.</summary>
    /// <param name="folder">Where to, such as <c>/opt/in/</c> or <c>~/newcx/</c>; it is made if it is not there.</param>
    public async Task<DeliveryOutcome> DeliverAsync(StagedPackage package, string folder, HostAccess to, CancellationToken ct)
    {
        var place = FtpFolder.Of(folder);
        if (FtpLimits.Refusal(package.Name, folder, to) is { } refusal) return Outcome(place.ToString(), package, refusal);
        var upload = new FtpUpload(new Curl(options, to), package, place, to.Host);
        Failure? failure = null;
        for (int attempt = 1; attempt <= Math.Max(1, options.Attempts); attempt++)
        {
            if (attempt > 1) await Task.Delay(FirstPause * (attempt - 1), time, ct);
            failure = await TryAsync(upload, ct);
            if (upload.WasInClear && _warned.TryAdd(to.Host.Name, true)) warn($"{to.Host} has no TLS: the password and the files go over the network in clear (hint: via: ftps insists on TLS)");
            if (failure is null || !FtpDiagnosis.IsPassing(failure)) break;
        }

        return Outcome(upload.FullFolder, package, failure);
    }

    private static async Task<Failure?> TryAsync(FtpUpload upload, CancellationToken ct)
    {
        try
        {
            return await upload.RunAsync(ct);
        }
        catch (RemoteException e)
        {
            return e.Failure with { Hint = FtpDiagnosis.InstallCurl };
        }
    }

    private static DeliveryOutcome Outcome(string folder, StagedPackage package, Failure? failure) =>
        new(folder, folder.EndsWith('/') ? folder + package.Name : $"{folder}/{package.Name}", Proof, failure);
}
