using System.Security.Cryptography;
using TreePush.Core.Hosts;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;

namespace TreePush.Engine.Syncing;

/// <summary>The start message for each relay of a run.</summary>
internal sealed class RelaySettings
{
    /// <summary>Binds the ledger's signatures to this run, so that they are invalid in any other.</summary>
    private readonly byte[] _run = RandomNumberGenerator.GetBytes(ControlMessage.Start.RunSize);

    private readonly SyncWork _sync;
    private readonly RelayOptions _options;
    private readonly DestinationTemplate _destination;

    /// <param name="targets">The number of targets of the run.</param>
    public RelaySettings(SyncWork sync, int targets)
    {
        _sync = sync;
        _destination = DestinationTemplate.Parse(sync.Destination).Template ?? throw new ArgumentException("DEST is no path.", nameof(sync));
        _options = new RelayOptions
        {
            Delete = sync.Delete,
            MaxDelete = sync.MaxDelete,
            Compress = sync.Compress,
            Checksum = sync.Checksum,
            Force = sync.Force,
            Owner = sync.Owner,
            DryRun = sync.DryRun,
            OneFileSystem = sync.OneFileSystem,
            Plain = sync.PlainChannel,
            NoFsync = sync.NoFsync,
            BandwidthLimit = sync.BandwidthLimit ?? 0,
            FirstPort = sync.Ports?.First ?? 0,
            LastPort = sync.Ports?.Last ?? 0,
            Hosts = Math.Max(1, targets),
            ProgressEvery = (int)ReportEvery(targets).TotalMilliseconds,
            Rules = [.. sync.Rules.Select(r => (r.Include, r.Pattern))],
        };
    }

    /// <summary>
    /// How often relays report. Every report costs work here and on the host, so the relays of a large fleet report less
    /// often.
    /// </summary>
    public static TimeSpan ReportEvery(int targets) => TimeSpan.FromMilliseconds(Math.Clamp(targets * 5, 500, 2000));

    /// <summary>The first message to a host's relay: its path, a secret of its own, and the run's options.</summary>
    public ControlMessage.Start StartOf(Host host, RelayRole role) =>
        new(role, _run, PathOf(host, role), RandomNumberGenerator.GetBytes(LinkToken.SecretSize)) { Options = _options };

    private string PathOf(Host host, RelayRole role)
    {
        if (role == RelayRole.Target) return _destination.Expand(host).Path!;
        return host.IsLocal ? Path.Combine(_sync.WorkingFolder, _sync.Source) : _sync.Source;
    }
}
