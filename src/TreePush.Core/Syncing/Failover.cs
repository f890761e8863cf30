namespace TreePush.Core.Syncing;

/// <summary>Who may go on with the ledger when the source is lost: it decides what the files are from then on.</summary>
public enum Failover
{
    /// <summary>Only another host that the user gave as a source.</summary>
    Sources,

    /// <summary>Any host that has everything.</summary>
    Any,
}
