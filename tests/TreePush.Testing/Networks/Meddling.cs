namespace TreePush.Testing;

/// <summary>What a <see cref="Meddler"/> does to the connections which a machine is offered.</summary>
/// <param name="AfterBytes">How many bytes of a connection pass unharmed before the one whose bits are inverted.</param>
public sealed record Meddling(long AfterBytes)
{
    /// <summary>Whether the machine's answers are falsified; otherwise what it is sent.</summary>
    public bool InAnswers { get; init; } = true;

    /// <summary>How many connections are falsified, one byte each: the first that get so far.</summary>
    public int Connections { get; init; } = 1;
}
