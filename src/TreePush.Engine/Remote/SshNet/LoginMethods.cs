using Renci.SshNet;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>The ways in which a login is tried: by keys, then by the password, also where the server asks for it as a question.</summary>
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
            // Only what is not to be seen while it is typed is the password; other questions have no answer here.
            questions.AuthenticationPrompt += (_, e) =>
            {
                foreach (var prompt in e.Prompts) prompt.Response = prompt.IsEchoed ? "" : password;
            };
            methods.Add(questions);
        }

        return [.. methods.Select(m => new LoginMethod(m, show))];
    }
}
