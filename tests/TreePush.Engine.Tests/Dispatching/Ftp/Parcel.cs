using System.Security.Cryptography;
using TreePush.Engine.Dispatching;

namespace TreePush.Engine.Tests.Dispatching.Ftp;

/// <summary>Packages for one test.</summary>
internal sealed class Parcel : IDisposable
{
    private readonly Temporary _temporary = new();

    public byte[] Content { get; private set; } = [];

    public string Directory => _temporary.Directory;

    /// <summary>A package of random bytes.</summary>
    public StagedPackage Package(string name, int size = 1000)
    {
        Content = new byte[size];
        new Random(size).NextBytes(Content);
        string id = Path.GetRandomFileName()[..8];
        File.WriteAllBytes(_temporary[id], Content);
        return new StagedPackage(id, name, _temporary[id], size, Convert.ToHexStringLower(SHA256.HashData(Content)));
    }

    public void Dispose() => _temporary.Dispose();
}
