using System.Net;

namespace TreePush.Engine.Syncing;

/// <summary>
/// The two ends of an ssh connection as the host sees them (its <c>$SSH_CONNECTION</c>): the controller's address and its
/// own.
/// </summary>
/// <param name="Controller">The address and port that the connection came from, which may be a jump host's.</param>
/// <param name="Host">The host's address and port to which the connection was made.</param>
public sealed record SshAddresses(IPEndPoint Controller, IPEndPoint Host)
{
    /// <returns>Null if the text is not what sshd sets: the client's address and port, then the server's.</returns>
    public static SshAddresses? Parse(string text)
    {
        string[] parts = text.Split(' ');
        if (parts.Length != 4 || EndPoint(parts[0], parts[1]) is not { } controller || EndPoint(parts[2], parts[3]) is not { } host) return null;
        return new SshAddresses(controller, host);
    }

    private static IPEndPoint? EndPoint(string address, string port) =>
        IPAddress.TryParse(address, out var parsed) && ushort.TryParse(port, out ushort number) && number > 0 ? new IPEndPoint(parsed, number) : null;
}
