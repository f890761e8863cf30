using System.Text;

namespace TreePush.Engine.Remote;

/// <summary>Splits a program's output into lines. A carriage return ends a line too, because progress bars use it.</summary>
internal static class OutputLines
{
    private const int LongestLine = 8192;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <summary>Reads a stream to its end.</summary>
    public static async Task ReadAsync(Stream stream, Action<string> hand, CancellationToken ct)
    {
        using var reader = new StreamReader(stream, Utf8, detectEncodingFromByteOrderMarks: false);
        var buffer = new char[4096];
        var line = new StringBuilder();
        int read;
        while ((read = await reader.ReadAsync(buffer.AsMemory(), ct)) > 0)
            for (int i = 0; i < read; i++)
            {
                char c = buffer[i];
                if (c is not ('\n' or '\r')) line.Append(c);
                if (c is '\n' || ((c is '\r' || line.Length >= LongestLine) && line.Length > 0)) Flush(line, hand);
            }

        if (line.Length > 0) Flush(line, hand);
    }

    private static void Flush(StringBuilder line, Action<string> hand)
    {
        hand(line.ToString());
        line.Clear();
    }
}
