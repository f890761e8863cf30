using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Links;

/// <summary>A key made for one run. Other hosts know the relay by its public half, as a peer on links and as a writer of the ledger.</summary>
internal sealed class RelayIdentity : IDisposable
{
    /// <summary>CN=treepush, in DER encoding.</summary>
    private static ReadOnlySpan<byte> Name => "\u0030\u0013\u0031\u0011\u0030\u000f\u0006\u0003\u0055\u0004\u0003\u000c\u0008treepush"u8;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public RelayIdentity()
    {
        ForgetAuthorities();
        PublicKey = _key.ExportSubjectPublicKeyInfo();
        var request = new CertificateRequest(new X500DistinguishedName(Name), _key, HashAlgorithmName.SHA256);
        // The dates are not checked: only the key counts, and it lives as long as the run.
        Certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    /// <summary>The public key as SubjectPublicKeyInfo.</summary>
    public byte[] PublicKey { get; }

    public X509Certificate2 Certificate { get; }

    /// <summary>Signs a digest with ECDSA; the result is two numbers (IEEE P1363).</summary>
    public byte[] Sign(byte[] digest) => _key.SignHash(digest);

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    /// <summary>
    /// Keeps the runtime from loading the certificate authorities that the host trusts, which would be half the cost of a start.
    /// Peers are known by their keys, and no authority is trusted.
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
