namespace TreePush.Core.Wire;

/// <summary>The version of control messages, frames and ledger that docs/protocol.md describes.</summary>
public static class ProtocolVersion
{
    public const int Current = 1;
}
