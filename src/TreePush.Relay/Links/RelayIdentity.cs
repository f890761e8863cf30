using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TreePush.Relay.Links;

/// <summary>A key made for this one run: its public half is what others know the relay by, as a peer on links and as the writer of a ledger.</summary>
internal sealed class RelayIdentity : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public RelayIdentity()
    {
        PublicKey = _key.ExportSubjectPublicKeyInfo();
        var request = new CertificateRequest("CN=treepush", _key, HashAlgorithmName.SHA256);
        // Nobody looks at the dates: it is the key that counts, and it lives as long as the run.
        Certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    /// <summary>SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>ECDSA, both numbers side by side.</summary>
    public byte[] Sign(byte[] digest) => _key.SignHash(digest);

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }
}
