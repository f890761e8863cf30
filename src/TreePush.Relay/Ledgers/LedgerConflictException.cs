namespace TreePush.Relay.Ledgers;

/// <summary>Two writers of the ledger contradict each other about a piece. The later one is not believed.</summary>
internal sealed class LedgerConflictException(string message) : Exception(message);
