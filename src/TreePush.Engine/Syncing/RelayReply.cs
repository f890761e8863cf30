namespace TreePush.Engine.Syncing;

/// <summary>A line that <see cref="RelayScript"/> prints.</summary>
/// <param name="Word">
/// <c>has</c>: the relay is in place and starts. <c>absent</c>: it must be placed. <c>gzip</c>, <c>plain</c>: send it,
/// compressed or not. <c>placed</c>: it has arrived and starts. All other words end the start: <c>platform</c>, <c>loader</c>,
/// <c>nowhere</c>, <c>room</c>, <c>unplaced</c>, <c>unusable</c>.
/// </param>
/// <param name="Detail">
/// For <c>has</c> and <c>absent</c>, the relay's hash and the host's $SSH_CONNECTION. For <c>gzip</c> and <c>plain</c>, the
/// relay's hash. Otherwise what is wrong: for <c>nowhere</c> and <c>room</c>, each folder that was tried, and why it is unfit.
/// </param>
internal sealed record RelayReply(string Word, string Detail)
{
    /// <summary>
    /// The two parts of the detail for <c>has</c> and <c>absent</c>. The connection is empty for this machine, which is
    /// not reached over ssh.
    /// </summary>
    public (string Program, string Connection) Found() => Detail.Split(' ', 2) is [var program, var connection] ? (program, connection) : (Detail, "");

    /// <param name="line">The line without its mark; null if there was none.</param>
    public static RelayReply? Parse(string? line)
    {
        if (line is null) return null;
        string[] parts = line.Trim().Split(' ', 2);
        return new RelayReply(parts[0], parts.Length > 1 ? parts[1].Trim() : "");
    }
}
