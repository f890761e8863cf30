using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// The values of the tokens in ssh_config(5), section TOKENS. <c>%C</c> and <c>%j</c> are missing: their values depend on
/// the version of ssh.
/// </summary>
/// <param name="Name">The host as the user wrote it.</param>
/// <param name="Alias">The value of HostKeyAlias, or the name.</param>
/// <param name="Login">The user's login name on this machine.</param>
internal sealed partial record ConfigTokens(string Name, string Address, int Port, string User, string Alias, string Login, string Home)
{
    /// <summary>Replaces a leading tilde, tokens, and <c>${VARIABLE}</c> in a path.</summary>
    /// <exception cref="FormatException">The text has an unknown token, or a variable that is not set.</exception>
    public string Expand(string text) => Pattern().Replace(HomePath.Expand(text, Home), match => match.Groups["variable"] is { Success: true } variable
        ? Environment.GetEnvironmentVariable(variable.Value) ?? throw new FormatException($"the environment variable {variable.Value} in '{text}' is not set")
        : ValueOf(match.Value) ?? throw Unknown(match.Value, text));

    /// <summary>Replaces the tokens of HostName.</summary>
    /// <exception cref="FormatException">The text has another token.</exception>
    public static string ExpandAddress(string text, string name) => Token().Replace(text, match => match.Value switch
    {
        "%h" => name,
        "%%" => "%",
        var token => throw Unknown(token, text),
    });

    private string? ValueOf(string token) => token switch
    {
        "%%" => "%",
        "%d" => Home,
        "%h" => Address,
        "%i" when !OperatingSystem.IsWindows() => $"{UserId()}",
        "%k" => Alias,
        "%L" => Environment.MachineName.Split('.')[0],
        "%l" => Environment.MachineName,
        "%n" => Name,
        "%p" => $"{Port}",
        "%r" => User,
        "%u" => Login,
        _ => null,
    };

    private static FormatException Unknown(string token, string text) => new($"the builtin ssh client does not know {token} in '{text}'");

    [GeneratedRegex(@"%.?|\$\{(?<variable>[^}]*)\}", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Pattern();

    [GeneratedRegex("%.?", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Token();

    [LibraryImport("libc", EntryPoint = "getuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint UserId();
}
