namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>How a copy at a host was verified, as <c>DeliveryOutcome.Proof</c> has it.</summary>
public static class DeliveryProof
{
    /// <summary>The host computed the SHA-256 of what it has.</summary>
    public const string Sha256 = "sha256";

    /// <summary>The host has no program for SHA-256, and compared the length.</summary>
    public const string Size = "size";

    /// <summary>The host's relay verified each piece and the whole file, and sent its receipt.</summary>
    public const string Receipt = "receipt";
}
