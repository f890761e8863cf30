using System.Text;
using TreePush.Core.Hosts;

namespace TreePush.Engine.Hosts;

/// <summary>Reads a host list from a file or from standard input (<c>-</c>). A file whose name ends in .csv is CSV.</summary>
public static class HostListFile
{
    /// <param name="format">The fields that <c>-f</c> names; null for the default, or for the header of a CSV file.</param>
    public static async Task<ReadHostList> ReadAsync(string path, HostFormat? format, TextReader standardInput, CancellationToken ct)
    {
        string text;
        try
        {
            text = path == "-" ? await standardInput.ReadToEndAsync(ct) : Decode(await File.ReadAllBytesAsync(path, ct));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ReadHostList.Unusable(new Problem(path, "the host list can't be read: " + Reason(e), "-l names a file with one host on each line, or - for standard input"));
        }
        catch (DecoderFallbackException)
        {
            return ReadHostList.Unusable(new Problem(path, "the host list is not UTF-8 text", "convert it, for example: iconv -f latin1 -t utf-8"));
        }

        bool isCsv = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (isCsv) return CsvHostList.Read(path, text, format);
        format ??= HostFormat.Default;
        return new ReadHostList(HostList.Read(path, WhitespaceRows.Split(text), format), new ListFormat(false, format.Text, null));
    }

    private static string Decode(byte[] bytes) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);

    private static string Reason(Exception e) => e switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "it is a directory, or access is denied",
        _ => e.Message,
    };
}
