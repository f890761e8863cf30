using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace TreePush.Engine.Syncing;

/// <summary>The relay for one platform, as it is embedded in this program and placed on hosts.</summary>
public sealed class RelayPackage
{
    private static readonly (string Runtime, string Platform, string Loader)[] Known =
    [
        ("linux-x64", "Linux x86_64", "/lib64/ld-linux-x86-64.so.2"),
        ("linux-arm64", "Linux aarch64", "/lib/ld-linux-aarch64.so.1"),
    ];

    private static readonly Lazy<IReadOnlyList<RelayPackage>> Embedded = new(FindShipped);

    private readonly Func<Stream> _open;

    /// <param name="platform">What <c>uname -sm</c> prints on the platform.</param>
    /// <param name="loader">The C library's program loader. A host that has it has that library.</param>
    /// <param name="open">The program, compressed by gzip.</param>
    /// <param name="programHash">SHA-256 of the program in hexadecimal; null to compute it, which takes as long as a login.</param>
    public RelayPackage(string platform, string loader, Func<Stream> open, string? programHash = null)
    {
        (Platform, Loader, _open) = (platform, loader, open);
        using var compressed = open();
        CompressedLength = compressed.Length;
        Hash = Convert.ToHexStringLower(SHA256.HashData(compressed));
        Length = LengthOf(compressed);
        ProgramHash = programHash ?? HashOfProgram();
    }

    /// <summary>The relays that this build ships; a build may have none.</summary>
    public static IReadOnlyList<RelayPackage> Shipped => Embedded.Value;

    public string Platform { get; }

    public string Loader { get; }

    /// <summary>
    /// SHA-256 of the compressed program, in hexadecimal. The file on hosts is named after it, so that another build is
    /// another file.
    /// </summary>
    public string Hash { get; }

    /// <summary>SHA-256 of the program, in hexadecimal. A host runs no relay that has another hash.</summary>
    public string ProgramHash { get; }

    /// <summary>The program's size in bytes.</summary>
    public long Length { get; }

    /// <summary>The program's size under gzip, in bytes.</summary>
    public long CompressedLength { get; }

    public Stream OpenCompressed() => _open();

    /// <summary>The program itself, for hosts without gzip.</summary>
    public Stream OpenPlain() => new GZipStream(_open(), CompressionMode.Decompress);

    private string HashOfProgram()
    {
        using var program = OpenPlain();
        return Convert.ToHexStringLower(SHA256.HashData(program));
    }

    /// <summary>The last four bytes of a gzip file are the length (RFC 1952, section 2.3.1).</summary>
    private static long LengthOf(Stream compressed)
    {
        Span<byte> end = stackalloc byte[4];
        compressed.Position = compressed.Length - end.Length;
        compressed.ReadExactly(end);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(end);
    }

    private static IReadOnlyList<RelayPackage> FindShipped()
    {
        var assembly = typeof(RelayPackage).Assembly;
        return
        [
            .. from known in Known
               let name = $"relay/{known.Runtime}.gz"
               where assembly.GetManifestResourceInfo(name) is not null
               select new RelayPackage(known.Platform, known.Loader, () => assembly.GetManifestResourceStream(name)!, Read(assembly, $"relay/{known.Runtime}.sha256")),
        ];
    }

    private static string Read(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd().Trim();
    }
}
