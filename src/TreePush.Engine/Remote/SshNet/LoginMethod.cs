using Renci.SshNet;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>
/// A login method that passes on the session it is used in. A login that hangs is ended through that session, and
/// channels are watched through it.
/// </summary>
internal sealed class LoginMethod(AuthenticationMethod method, Action<Session> show) : AuthenticationMethod(method.Username)
{
    public override string Name => method.Name;

    public override AuthenticationResult Authenticate(Session session)
    {
        show(session);
        var result = method.Authenticate(session);
        AllowedAuthentications = method.AllowedAuthentications;
        return result;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) method.Dispose();
        base.Dispose(disposing);
    }
}
