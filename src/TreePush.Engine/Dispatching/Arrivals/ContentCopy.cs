using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>Copies a file and hashes what it copies. A block is hashed by one thread while another writes it.</summary>
internal static class ContentCopy
{
    private const int LargeBlock = 1 << 20;
    private const int SmallBlock = 1 << 16;

    /// <param name="size">How long the file should be. One more byte ends the copy, for the file has changed.</param>
    /// <returns>The bytes that were copied, and their hash in lower case hexadecimal digits.</returns>
    /// <exception cref="SourceReadException">The source can't be read.</exception>
    /// <exception cref="IOException">The copy can't be written.</exception>
    public static async Task<(long Length, string Sha256)> RunAsync(SafeFileHandle source, SafeFileHandle target, long size, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        int block = size < SmallBlock ? SmallBlock : LargeBlock;
        byte[] filling = ArrayPool<byte>.Shared.Rent(block), hashed = ArrayPool<byte>.Shared.Rent(block);
        var hashing = Task.CompletedTask;
        long length = 0;
        try
        {
            int count;
            while (length <= size && (count = Read(source, filling.AsSpan(0, block), length)) > 0)
            {
                ct.ThrowIfCancellationRequested();
                await hashing;
                (filling, hashed) = (hashed, filling);
                hashing = HashAsync(hash, hashed, count);
                RandomAccess.Write(target, hashed.AsSpan(0, count), length);
                length += count;
            }

            await hashing;
            return (length, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        finally
        {
            await hashing; // It never fails, and the buffers are its own until it ends.
            ArrayPool<byte>.Shared.Return(filling);
            ArrayPool<byte>.Shared.Return(hashed);
        }
    }

    private static Task HashAsync(IncrementalHash hash, byte[] block, int count)
    {
        if (count > SmallBlock) return Task.Run(() => hash.AppendData(block, 0, count), CancellationToken.None);
        hash.AppendData(block, 0, count);
        return Task.CompletedTask;
    }

    private static int Read(SafeFileHandle source, Span<byte> buffer, long offset)
    {
        try
        {
            return RandomAccess.Read(source, buffer, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SourceReadException(e.Message);
        }
    }
}
