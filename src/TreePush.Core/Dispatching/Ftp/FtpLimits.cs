namespace TreePush.Core.Dispatching.Ftp;

/// <summary>What can't be said in FTP, where each command is a line, and to curl.</summary>
public static class FtpLimits
{
    /// <returns>Null if all can be said.</returns>
    public static Failure? Refusal(string name, string folder, HostAccess to)
    {
        string what = $"could not send {DisplayText.Line(name)} to {to.Host} over FTP";
        if (PathFault(name, folder) is { } path) return new Failure(FailureKind.TargetConflict, $"{what}: {path}", "send it over ssh, or change the name");
        if (LoginFault(to) is { } login) return new Failure(FailureKind.HostAuthentication, $"{what}: {login}", "check login and password in the rule or in ~/.netrc");
        return null;
    }

    private static string? PathFault(string name, string folder)
    {
        if (HasLineEnd(name)) return "its name has a line end";
        if (folder.Any(char.IsControl)) return "the folder's name has a control character";
        return folder.Split('/').Contains("..") ? "the folder's name has a part \"..\"" : null;
    }

    private static string? LoginFault(HostAccess to)
    {
        if (string.IsNullOrEmpty(to.Host.User)) return "there is no login";
        if (HasLineEnd(to.Host.User) || to.Host.User.Contains(':', StringComparison.Ordinal)) return "the login has a colon or a line end";
        return HasLineEnd(to.Password ?? "") || HasLineEnd(to.Account ?? "") ? "the password or the account has a line end" : null;
    }

    private static bool HasLineEnd(string text) => text.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0;
}
