using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;

namespace TreePush.Engine.Syncing;

/// <summary>The relay for one platform, as it is embedded here and placed on hosts.</summary>
public sealed class RelayPackage
{
    private static readonly (string Runtime, string Platform, string Loader)[] Known =
    [
        ("linux-x64", "Linux x86_64", "/lib64/ld-linux-x86-64.so.2"),
        ("linux-arm64", "Linux aarch64", "/lib/ld-linux-aarch64.so.1"),
    ];

    private static readonly Lazy<IReadOnlyList<RelayPackage>> Embedded = new(FindShipped);

    private readonly Func<Stream> _open;

    /// <param name="platform">What <c>uname -sm</c> prints there.</param>
    /// <param name="loader">The C library's program loader, by which a host is known to have that library.</param>
    /// <param name="open">The program, compressed by gzip.</param>
    /// <param name="programHash">SHA-256 of the program in hexadecimal, where it is known: to find it out takes as long as a login.</param>
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

    /// <summary>SHA-256 of the compressed program, in hexadecimal: its name on hosts, so that another build is another file.</summary>
    public string Hash { get; }

    /// <summary>SHA-256 of the program, in hexadecimal: a host runs no relay that has another.</summary>
    public string ProgramHash { get; }

    /// <summary>Bytes of the program.</summary>
    public long Length { get; }

    /// <summary>Bytes of the program under gzip.</summary>
    public long CompressedLength { get; }

    public Stream OpenCompressed() => _open();

    /// <summary>For hosts without gzip.</summary>
    public Stream OpenPlain() => new GZipStream(_open(), CompressionMode.Decompress);

    private string HashOfProgram()
    {
        using var program = OpenPlain();
        return Convert.ToHexStringLower(SHA256.HashData(program));
    }

    /// <summary>gzip ends with the length, in four bytes (RFC 1952, section 2.3.1).</summary>
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
