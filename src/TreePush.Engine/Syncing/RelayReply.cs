namespace TreePush.Engine.Syncing;

/// <summary>A line of <see cref="RelayScript"/>'s.</summary>
/// <param name="Word">
/// <c>has</c>: the relay is in place and starts. <c>absent</c>: it is to be placed. <c>gzip</c>, <c>plain</c>: it is to be sent,
/// compressed or not. <c>placed</c>: it has arrived and starts. All others are ends: <c>platform</c>, <c>loader</c>,
/// <c>nowhere</c>, <c>room</c>, <c>unplaced</c>, <c>unusable</c>.
/// </param>
/// <param name="Detail">The relay's hash and the host's $SSH_CONNECTION behind the first two, the relay's hash behind the next two; else what is wrong: behind <c>nowhere</c> and <c>room</c> each folder that was tried, and why it will not do.</param>
internal sealed record RelayReply(string Word, string Detail)
{
    /// <summary>The two parts of the detail behind <c>has</c> and <c>absent</c>; of this machine, which no ssh leads to, the connection is empty.</summary>
    public (string Program, string Connection) Found() => Detail.Split(' ', 2) is [var program, var connection] ? (program, connection) : (Detail, "");

    /// <param name="line">The line without its mark; null where there was none.</param>
    public static RelayReply? Parse(string? line)
    {
        if (line is null) return null;
        string[] parts = line.Trim().Split(' ', 2);
        return new RelayReply(parts[0], parts.Length > 1 ? parts[1].Trim() : "");
    }
}
