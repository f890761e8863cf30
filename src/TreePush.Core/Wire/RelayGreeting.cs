namespace TreePush.Core.Wire;

/// <summary>
/// The line with which a relay opens its control channel. Login scripts may print whatever they like before it, on the
/// same stream; everything behind it is frames.
/// </summary>
public static class RelayGreeting
{
    /// <summary>How many bytes may come before the line, with its own: login scripts say a word or two, not a book.</summary>
    public const int MostBefore = 64 * 1024;

    /// <summary>The argument with which a relay only shows that it can run here (libraries, processor) and ends with status 0.</summary>
    public const string CheckArgument = "check";

    /// <summary>The line, with its newline.</summary>
    public static ReadOnlySpan<byte> Line => "treepush-relay 1\n"u8;

    /// <summary>Looks for the line in what came so far. It need not begin at the start of a line: a login script may leave its own open.</summary>
    /// <returns>The number of bytes up to and with the line, or -1 where it has not come yet.</returns>
    public static int Find(ReadOnlySpan<byte> received)
    {
        int at = received.IndexOf(Line);
        return at < 0 ? -1 : at + Line.Length;
    }
}
