namespace TreePush.Core.Syncing;

/// <summary>Which host may continue the ledger when the source is lost. That host decides what the files are from then on.</summary>
public enum Failover
{
    /// <summary>Only another host that the user gave as a source.</summary>
    Sources,

    /// <summary>Any host that has everything.</summary>
    Any,
}
