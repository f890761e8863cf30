namespace TreePush.Relay.Ledgers;

/// <summary>Two who write the ledger say different things of the same piece: the one that came later is not believed.</summary>
internal sealed class LedgerConflictException(string message) : Exception(message);
