namespace TreePush.Core.Dispatching.Ftp;

/// <summary>How a curl ended, and what the server said meanwhile.</summary>
/// <param name="Status">curl's exit status; null where there was none.</param>
/// <param name="Replies">What the server said to each command, in order.</param>
/// <param name="Complaint">What curl printed to standard error, in a line; empty if nothing.</param>
public sealed record FtpDialog(int? Status, IReadOnlyList<FtpReply> Replies, string Complaint)
{
    private const int PasswordWanted = 331;

    /// <summary>Whether a password was asked for before the connection was encrypted.</summary>
    public bool IsInClear => Replies.Any(r => r.Code == PasswordWanted) && !Replies.TakeWhile(r => r.Code != PasswordWanted).Any(r => r.Code is 234 or 334);

    /// <summary>The last reply but some; a reply of code 0 where there are not so many.</summary>
    public FtpReply FromEnd(int back) => back < Replies.Count ? Replies[^(back + 1)] : new FtpReply(0, "");

    /// <param name="output">The lines that curl printed, replies among them.</param>
    /// <param name="complaints">The lines that it printed to standard error.</param>
    public static FtpDialog Of(int? status, IEnumerable<string> output, IReadOnlyList<string> complaints) =>
        new(status, [.. Replied(output)], Told(complaints));

    /// <summary>A reply of several lines begins with <c>220-</c> and ends with <c>220 </c>; what stands between means nothing.</summary>
    private static IEnumerable<FtpReply> Replied(IEnumerable<string> lines)
    {
        string? open = null;
        foreach (string line in lines)
        {
            if (open is not null && !line.StartsWith(open + " ", StringComparison.Ordinal)) continue;
            open = null;
            if (FtpReply.Read(line) is { } reply) yield return reply;
            else if (FtpReply.Read(line.Replace('-', ' ')) is { Code: var code }) open = $"{code}";
        }
    }

    /// <summary>curl begins what it has to say with its status: <c>curl: (67) Access denied: 530</c>. What follows is advice.</summary>
    private static string Told(IReadOnlyList<string> complaints)
    {
        string line = complaints.LastOrDefault(l => l.StartsWith("curl: (", StringComparison.Ordinal)) ?? complaints.LastOrDefault() ?? "";
        int end = line.IndexOf(") ", StringComparison.Ordinal);
        return DisplayText.Line(line.StartsWith("curl: (", StringComparison.Ordinal) && end > 0 ? line[(end + 2)..] : line);
    }
}
