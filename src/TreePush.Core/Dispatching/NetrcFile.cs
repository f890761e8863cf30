namespace TreePush.Core.Dispatching;

/// <summary>A netrc file: logins and passwords by machine, read as curl reads it.</summary>
/// <param name="Entries">In the order of the file, in which they are searched. What follows <c>default</c> is never reached.</param>
public sealed record NetrcFile(IReadOnlyList<NetrcEntry> Entries, IReadOnlyList<Problem> Problems)
{
    public static NetrcFile Empty { get; } = new([], []);

    /// <summary>Whether a reader of the file learns a secret.</summary>
    public bool HoldsPasswords => Entries.Any(e => !string.IsNullOrEmpty(e.Password) || !string.IsNullOrEmpty(e.Account));

    /// <param name="where">The file's name, for problems.</param>
    public static NetrcFile Parse(string text, string where)
    {
        var entries = new List<NetrcEntry>();
        var problems = new List<Problem>();
        NetrcToken? keyword = null;
        foreach (var token in NetrcTokens.Of(text))
        {
            if (token.IsOpen) problems.Add(new Problem(Place(where, token), "the quotation mark is not closed in its line"));
            if (keyword is not { } before)
            {
                if (token.Text.Equals("default", StringComparison.OrdinalIgnoreCase)) entries.Add(new NetrcEntry(null, null, null, null));
                else if (TakesValue(token.Text)) keyword = token;
                continue;
            }

            keyword = null;
            if (Add(entries, before.Text, token.Text)) continue;
            problems.Add(new Problem(Place(where, before), $"\"{before.Text}\" stands before the first machine"));
        }

        if (keyword is { } last) problems.Add(new Problem(Place(where, last), $"nothing follows \"{last.Text}\""));
        return new NetrcFile(entries, problems);
    }

    /// <summary>The first entry for a machine and a login; null where there is none.</summary>
    /// <param name="login">Null if any will do.</param>
    public NetrcEntry? Find(string machine, string? login) => Entries.FirstOrDefault(e => e.Matches(machine, login));

    /// <summary>Shows no password.</summary>
    public override string ToString() => $"{nameof(NetrcFile)} with {Entries.Count} entries";

    private static bool TakesValue(string word) => word.ToLowerInvariant() is "machine" or "login" or "password" or "account";

    /// <returns>False for a value that belongs to no machine.</returns>
    private static bool Add(List<NetrcEntry> entries, string keyword, string value)
    {
        string word = keyword.ToLowerInvariant();
        if (word == "machine") entries.Add(new NetrcEntry(value, null, null, null));
        else if (entries.Count == 0) return false;
        else entries[^1] = word switch
        {
            "login" => entries[^1] with { Login = value },
            "password" => entries[^1] with { Password = value },
            _ => entries[^1] with { Account = value },
        };
        return true;
    }

    private static string Place(string where, NetrcToken token) => $"{where}:{token.Line}:{token.Column}";
}
