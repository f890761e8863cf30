using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TreePush.Testing;

/// <summary>A certificate authority that nobody trusts but who reads <see cref="CaFile"/>.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddDays(-1);

    private readonly X509Certificate2 _authority;
    private readonly string _directory;

    private TestAuthority(X509Certificate2 authority, string directory) => (_authority, _directory) = (authority, directory);

    /// <summary>Its certificate, in PEM.</summary>
    public string CaFile => Path.Combine(_directory, "ca.pem");

    /// <param name="directory">Where its files go; it must exist.</param>
    public static TestAuthority Create(string directory)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN=TreePush tests {Path.GetRandomFileName()}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var authority = new TestAuthority(request.CreateSelfSigned(From, From.AddDays(10)), directory);
        File.WriteAllText(authority.CaFile, authority._authority.ExportCertificatePem());
        return authority;
    }

    /// <summary>Makes a certificate for a server.</summary>
    /// <returns>A file with the certificate and its key, in PEM.</returns>
    public string Issue(string address)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={address}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(address, out var ip)) names.AddIpAddress(ip);
        else names.AddDnsName(address);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(_authority, From, From.AddDays(9), RandomNumberGenerator.GetBytes(8));
        string path = Path.Combine(_directory, $"{address}-{Path.GetRandomFileName()[..8]}.pem");
        File.WriteAllText(path, certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        return path;
    }

    public void Dispose() => _authority.Dispose();
}
