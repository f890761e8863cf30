namespace TreePush.Core.Wire;

/// <summary>
/// The line that a relay sends first on its control channel. Login scripts may print anything before it on the same stream;
/// everything after it is frames.
/// </summary>
public static class RelayGreeting
{
    /// <summary>The most bytes up to the end of the line. Login scripts print little.</summary>
    public const int MostBefore = 64 * 1024;

    /// <summary>The argument with which a relay only shows that it can run on the host (libraries, processor) and exits with status 0.</summary>
    public const string CheckArgument = "check";

    /// <summary>The line, including its newline.</summary>
    public static ReadOnlySpan<byte> Line => "treepush-relay 1\n"u8;

    /// <summary>
    /// Finds the line in what was received so far. It need not begin at the start of a line, because a login script may have left
    /// its own line unfinished.
    /// </summary>
    /// <returns>The number of bytes up to and including the line, or -1 if it has not arrived yet.</returns>
    public static int Find(ReadOnlySpan<byte> received)
    {
        int at = received.IndexOf(Line);
        return at < 0 ? -1 : at + Line.Length;
    }
}
