using Renci.SshNet;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// The login methods that are tried: keys, then the password, then the password as the answer to the server's questions.
/// </summary>
internal static class LoginMethods
{
    public static AuthenticationMethod[] Of(string user, IReadOnlyList<Identity> keys, string? password, Action<Session> show)
    {
        var methods = new List<AuthenticationMethod>();
        if (keys.Count > 0) methods.Add(new PrivateKeyAuthenticationMethod(user, [.. keys]));
        if (password is not null)
        {
            methods.Add(new PasswordAuthenticationMethod(user, password));
            var questions = new KeyboardInteractiveAuthenticationMethod(user);
            // A prompt that does not echo its answer asks for the password. Other questions have no answer here.
            questions.AuthenticationPrompt += (_, e) =>
            {
                foreach (var prompt in e.Prompts) prompt.Response = prompt.IsEchoed ? "" : password;
            };
            methods.Add(questions);
        }

        return [.. methods.Select(m => new LoginMethod(m, show))];
    }
}
