using System.Security.Cryptography;
using System.Text;

namespace TreePush.Core.Dispatching.Arrivals;

/// <summary>The id of a package: made of its name and its content, so the same file that arrives again is the same package.</summary>
public static class PackageId
{
    private const int Digits = 16;

    /// <param name="sha256">The hash of the content, in lower case hexadecimal digits.</param>
    public static string Of(string name, string sha256) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{name}\0{sha256}")))[..Digits];
}
