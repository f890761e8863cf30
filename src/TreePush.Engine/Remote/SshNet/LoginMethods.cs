using Renci.SshNet;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>The login methods that are tried: keys, the password, and the password as the answer to a server's question.</summary>
internal static class LoginMethods
{
    public const string Key = "publickey";
    public const string Password = "password";
    public const string Questions = "keyboard-interactive";

    /// <param name="faults">Receives the server's questions that have no answer here.</param>
    public static AuthenticationMethod[] Of(HostConfig config, IReadOnlyList<Identity> keys, string? password, List<string> faults, Action<Session> show) =>
        [.. config.LoginMethods.Select(name => Of(name, config.User, keys, password, faults)).OfType<AuthenticationMethod>().Select(m => new LoginMethod(m, show))];

    private static AuthenticationMethod? Of(string name, string user, IReadOnlyList<Identity> keys, string? password, List<string> faults) => name switch
    {
        Key when keys.Count > 0 => new PrivateKeyAuthenticationMethod(user, [.. keys]),
        Password when password is not null => new PasswordAuthenticationMethod(user, password),
        Questions when password is not null => Answering(user, password, faults),
        _ => null,
    };

    private static KeyboardInteractiveAuthenticationMethod Answering(string user, string password, List<string> faults)
    {
        var method = new KeyboardInteractiveAuthenticationMethod(user);
        method.AuthenticationPrompt += (_, e) =>
        {
            foreach (var prompt in e.Prompts)
            {
                bool isForPassword = !prompt.IsEchoed && PasswordPrompt.Asks(prompt.Request);
                prompt.Response = isForPassword ? password : "";
                if (!isForPassword) faults.Add($"it asks {HostSyntax.Quoted(prompt.Request)}, which nobody answers");
            }
        };
        return method;
    }
}
