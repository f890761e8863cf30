using System.Security.Cryptography;

namespace TreePush.Core.Wire;

/// <summary>
/// One page of the ledger. It travels unchanged from the source to every host. The source signs the page together with the run,
/// its number and its kind, so no relay can change, drop, swap or invent a page unnoticed.
/// </summary>
/// <param name="Signer">The signer: 0 for the run's first source, 1 for its successor, and so on.</param>
/// <param name="Number">The page's number among the signer's pages, from 0.</param>
public readonly record struct LedgerFrame(int Signer, long Number, LedgerKind Kind, ReadOnlyMemory<byte> Signature, ReadOnlyMemory<byte> Body)
{
    /// <summary>The size of a signature: ECDSA over P-256, as two numbers (IEEE P1363).</summary>
    public const int SignatureSize = 64;

    public const int MostSigners = 1000;

    /// <summary>Writes the payload of a frame.</summary>
    public void Write(WireWriter writer)
    {
        writer.Varint(Signer);
        writer.Varint(Number);
        writer.Byte((byte)Kind);
        writer.Raw(Signature.Span);
        writer.Raw(Body.Span);
    }

    /// <param name="payload">The payload. It is kept, not copied.</param>
    /// <exception cref="WireException">The payload is not a page.</exception>
    public static LedgerFrame Read(ReadOnlyMemory<byte> payload)
    {
        var reader = new WireReader(payload.Span);
        int signer = reader.Count(MostSigners - 1);
        long number = reader.Number();
        var kind = ControlCodec.Known<LedgerKind>(reader.Byte());
        int at = payload.Length - reader.Left;
        reader.Raw(SignatureSize);
        return new LedgerFrame(signer, number, kind, payload.Slice(at, SignatureSize), payload[(at + SignatureSize)..]);
    }

    /// <summary>Returns the digest that is signed.</summary>
    public static byte[] Digest(ReadOnlySpan<byte> run, int signer, long number, LedgerKind kind, ReadOnlySpan<byte> body)
    {
        var head = new WireWriter();
        head.Raw("treepush ledger 1\n"u8);
        head.Raw(run);
        head.Varint(signer);
        head.Varint(number);
        head.Byte((byte)kind);
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        sha.AppendData(head.Written);
        sha.AppendData(body);
        return sha.GetHashAndReset();
    }
}
