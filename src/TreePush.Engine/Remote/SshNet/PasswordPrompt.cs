using System.Text.RegularExpressions;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>Tells a server's question for the password from its other questions.</summary>
internal static partial class PasswordPrompt
{
    /// <summary>
    /// Whether a question asks for the password. A one-time password is another secret. A server that asks for a new password
    /// wants to change it; it asks for the old one first. A host's name behind the word does not count, as in
    /// <c>Password for anna@old:</c>.
    /// </summary>
    public static bool Asks(string question) => Pattern().IsMatch(question);

    [GeneratedRegex(@"^(?!.*\b(new|current|old|retype|repeat|again|one[- ]?time|otp)\b.*password).*password", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
