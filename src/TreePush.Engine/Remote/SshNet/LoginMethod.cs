using Renci.SshNet;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>A way to log in that shows the session it is used in: by that one a login that hangs is broken off, and channels are followed.</summary>
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
