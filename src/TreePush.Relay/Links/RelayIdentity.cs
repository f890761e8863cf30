using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Links;

/// <summary>A key made for this one run: its public half is what others know the relay by, as a peer on links and as the writer of a ledger.</summary>
internal sealed class RelayIdentity : IDisposable
{
    /// <summary>CN=treepush, as it stands in certificates.</summary>
    private static ReadOnlySpan<byte> Name => "\u0030\u0013\u0031\u0011\u0030\u000f\u0006\u0003\u0055\u0004\u0003\u000c\u0008treepush"u8;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public RelayIdentity()
    {
        ForgetAuthorities();
        PublicKey = _key.ExportSubjectPublicKeyInfo();
        var request = new CertificateRequest(new X500DistinguishedName(Name), _key, HashAlgorithmName.SHA256);
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

    /// <summary>
    /// Keeps the runtime from reading all the certificate authorities that the host trusts, half of what a start would
    /// cost: here it is keys that are known, and nobody else is believed.
    /// </summary>
    private static unsafe void ForgetAuthorities()
    {
        fixed (byte* directory = "SSL_CERT_DIR"u8, file = "SSL_CERT_FILE"u8, nothing = "/dev/null"u8)
        {
            _ = Libc.SetEnvironment(directory, nothing, overwrite: 1);
            _ = Libc.SetEnvironment(file, nothing, overwrite: 1);
        }
    }
}
