using Renci.SshNet;
using Renci.SshNet.Security;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>A private key that several logins can use at once.</summary>
internal sealed class Identity : IPrivateKeySource
{
    private readonly Lock _gate = new();

    /// <summary>Leaves out SHA-1 signatures: servers refuse them, and count each as a failed login.</summary>
    public Identity(PrivateKeyFile key) =>
        HostKeyAlgorithms = [.. key.HostKeyAlgorithms.Where(a => a.Name is not ("ssh-rsa" or "ssh-dss")).Select(a => new OneAtATime(a, _gate))];

    public IReadOnlyCollection<HostAlgorithm> HostKeyAlgorithms { get; }

    /// <summary>The library does not promise that several threads may sign at once, so signatures take turns.</summary>
    private sealed class OneAtATime(HostAlgorithm algorithm, Lock gate) : HostAlgorithm(algorithm.Name)
    {
        public override byte[] Data => algorithm.Data;

        public override byte[] Sign(byte[] data)
        {
            lock (gate) return algorithm.Sign(data);
        }

        public override bool VerifySignature(byte[] data, byte[] signature) => algorithm.VerifySignature(data, signature);
    }
}
