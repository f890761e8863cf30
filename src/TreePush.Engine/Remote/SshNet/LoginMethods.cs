using Renci.SshNet;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>The login methods that are tried: keys, the password, and the password as the answer to a server's question.</summary>
internal static class LoginMethods
{
    public const string Key = "publickey";
    public const string Password = "password";
    public const string Questions = "keyboard-interactive";

    public static AuthenticationMethod[] Of(HostConfig config, IReadOnlyList<Identity> keys, string? password, Action<Session> show) =>
        [.. config.LoginMethods.Select(name => Of(name, config.User, keys, password)).OfType<AuthenticationMethod>().Select(m => new LoginMethod(m, show))];

    private static AuthenticationMethod? Of(string name, string user, IReadOnlyList<Identity> keys, string? password) => name switch
    {
        Key when keys.Count > 0 => new PrivateKeyAuthenticationMethod(user, [.. keys]),
        Password when password is not null => new PasswordAuthenticationMethod(user, password),
        Questions when password is not null => Answering(user, password),
        _ => null,
    };

    private static KeyboardInteractiveAuthenticationMethod Answering(string user, string password)
    {
        var method = new KeyboardInteractiveAuthenticationMethod(user);
        method.AuthenticationPrompt += (_, e) =>
        {
            // A prompt that does not echo its answer asks for the password. Other questions have no answer here.
            foreach (var prompt in e.Prompts) prompt.Response = prompt.IsEchoed ? "" : password;
        };
        return method;
    }
}
