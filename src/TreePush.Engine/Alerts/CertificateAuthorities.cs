using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TreePush.Engine.Alerts;

/// <summary>Authorities whose certificates are accepted in place of those that the system trusts.</summary>
public sealed class CertificateAuthorities
{
    private readonly X509Certificate2Collection _roots;

    private CertificateAuthorities(X509Certificate2Collection roots) => _roots = roots;

    /// <param name="path">A file of certificates in PEM.</param>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="CryptographicException">It holds no certificates.</exception>
    public static CertificateAuthorities Read(string path)
    {
        var roots = new X509Certificate2Collection();
        roots.ImportFromPem(File.ReadAllText(path));
        return roots.Count > 0 ? new CertificateAuthorities(roots) : throw new CryptographicException($"{path} holds no certificate.");
    }

    internal X509ChainPolicy NewPolicy()
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(_roots);
        return policy;
    }

    /// <summary>Judges a server's certificate, where only the chain may be at fault.</summary>
    internal bool Accept(X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (certificate is null || errors != SslPolicyErrors.RemoteCertificateChainErrors) return false;
        using var chain = new X509Chain { ChainPolicy = NewPolicy() };
        foreach (var element in (IEnumerable<X509ChainElement>?)sent?.ChainElements ?? []) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        using var copy = new X509Certificate2(certificate);
        return chain.Build(copy);
    }
}
