using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using TreePush.Core.Dispatching.Arrivals;
using TreePush.Core.Manifests;

namespace TreePush.Engine.Dispatching.Arrivals;

/// <summary>
/// One line of the record of seen files, as JSON: <c>{"path":"a/b","size":1,"mtime":2}</c> (nanoseconds since 1970);
/// <c>{"gone":"a/b"}</c>; <c>{"root":"1:2"}</c> (device and inode of the folder); <c>{"baseline":true}</c> (the first scan is
/// complete). A path that is not valid UTF-8 is written in hexadecimal digits: <c>{"hex":true,"path":"ff",…}</c>.
/// </summary>
internal readonly record struct SeenLine(RelativePath Path, FileVersion? Version, string? Root, bool IsBaseline)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static SeenLine OfChange(KnownChange change) => new(change.Path, change.Version, null, false);

    public static SeenLine OfRoot(string root) => new(RelativePath.Root, null, root, false);

    public static SeenLine Baseline => new(RelativePath.Root, null, null, true);

    public void Write(IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            if (IsBaseline) json.WriteBoolean("baseline"u8, true);
            else if (Root is not null) json.WriteString("root"u8, Root);
            else WriteFile(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <returns>False for what is no such line, for instance one that a crash cut short.</returns>
    public static bool TryRead(ReadOnlySpan<byte> text, out SeenLine line)
    {
        line = default;
        try
        {
            var json = new Utf8JsonReader(text);
            return json.Read() && json.TokenType == JsonTokenType.StartObject && TryRead(ref json, out line);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            return false;
        }
    }

    private void WriteFile(Utf8JsonWriter json)
    {
        var name = Version is null ? "gone"u8 : "path"u8;
        if (Utf8.IsValid(Path.Bytes)) json.WriteString(name, Path.Bytes);
        else
        {
            json.WriteBoolean("hex"u8, true);
            json.WriteString(name, Convert.ToHexStringLower(Path.Bytes));
        }

        if (Version is not { } version) return;
        json.WriteNumber("size"u8, version.Size);
        json.WriteNumber("mtime"u8, version.ModifiedNs);
    }

    private static bool TryRead(ref Utf8JsonReader json, out SeenLine line)
    {
        line = default;
        byte[]? path = null;
        bool isHex = false, isGone = false;
        long? size = null, mtime = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("baseline"u8)) line = line with { IsBaseline = json.Read() && json.GetBoolean() };
            else if (json.ValueTextEquals("root"u8)) line = line with { Root = json.Read() ? json.GetString() : null };
            else if (json.ValueTextEquals("hex"u8)) isHex = json.Read() && json.GetBoolean();
            else if (json.ValueTextEquals("size"u8)) size = json.Read() ? json.GetInt64() : null;
            else if (json.ValueTextEquals("mtime"u8)) mtime = json.Read() ? json.GetInt64() : null;
            else if (json.ValueTextEquals("path"u8) || json.ValueTextEquals("gone"u8))
            {
                isGone = json.ValueTextEquals("gone"u8);
                path = json.Read() ? Text(ref json) : null;
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        // Without its closing brace and the end of the text, the line was cut short.
        if (json.TokenType != JsonTokenType.EndObject || json.Read()) return false;
        if (path is null) return line.IsBaseline || line.Root is not null;
        if (!RelativePath.TryParse(isHex ? Convert.FromHexString(path) : path, out var relative) || relative.IsRoot) return false;
        if (!isGone && (size is null || mtime is null)) return false;
        line = new SeenLine(relative, isGone ? null : new FileVersion(size!.Value, mtime!.Value, Inode: 0), null, false);
        return true;
    }

    private static byte[] Text(ref Utf8JsonReader json)
    {
        byte[] text = new byte[json.ValueSpan.Length];
        return text[..json.CopyString(text)];
    }
}
