namespace TreePush.Core.Manifests;

/// <summary>The bracket of a wildcard: <c>[a-z_]</c>, <c>[!a]</c>, <c>[^a]</c>, <c>[]a]</c>, <c>[[:digit:]]</c>. It never matches a slash.</summary>
internal static class ByteSet
{
    private const string Unclosed = "has a '[' that is not closed";

    /// <param name="at">The index after the opening bracket; on return, the index after the closing bracket.</param>
    /// <returns>For each byte value, whether it matches; or what is wrong, to follow "the pattern P" in a message.</returns>
    public static (bool[]? Set, string? Fault) Parse(ReadOnlySpan<byte> text, ref int at)
    {
        bool[] set = new bool[256];
        bool negated = at < text.Length && text[at] is (byte)'!' or (byte)'^';
        if (negated) at++;
        int first = at;
        while (true)
        {
            if (at >= text.Length) return (null, Unclosed);
            if (text[at] == ']' && at > first) break;
            if (!TryItem(text, ref at, set)) return (null, "has a bracket that can't be read");
        }

        at++;
        if (negated)
        {
            for (int i = 0; i < set.Length; i++) set[i] = !set[i];
        }

        set['/'] = false;
        return (set, null);
    }

    private static bool TryItem(ReadOnlySpan<byte> text, ref int at, bool[] set)
    {
        if (text[at..].StartsWith("[:"u8) && text[(at + 2)..].IndexOf((byte)']') is > 0 and var length && text[at + 1 + length] == ':')
        {
            var name = text.Slice(at + 2, length - 1);
            at += length + 3;
            return TryClass(name, set);
        }

        if (!TryByte(text, ref at, out byte low)) return false;
        byte high = low;
        if (at + 1 < text.Length && text[at] == '-' && text[at + 1] != ']')
        {
            at++;
            if (!TryByte(text, ref at, out high)) return false;
        }

        for (int b = low; b <= high; b++) set[b] = true;
        return true;
    }

    private static bool TryByte(ReadOnlySpan<byte> text, ref int at, out byte value)
    {
        value = text[at++];
        if (value != '\\') return true;
        if (at >= text.Length) return false;
        value = text[at++];
        return true;
    }

    /// <summary>Adds a POSIX character class of the C locale.</summary>
    private static bool TryClass(ReadOnlySpan<byte> name, bool[] set)
    {
        Func<char, bool>? member = System.Text.Encoding.ASCII.GetString(name) switch
        {
            "alnum" => char.IsAsciiLetterOrDigit,
            "alpha" => char.IsAsciiLetter,
            "blank" => c => c is ' ' or '\t',
            "cntrl" => char.IsControl,
            "digit" => char.IsAsciiDigit,
            "graph" => c => c is > ' ' and < '\x7f',
            "lower" => char.IsAsciiLetterLower,
            "print" => c => c is >= ' ' and < '\x7f',
            "punct" => c => c is > ' ' and < '\x7f' && !char.IsAsciiLetterOrDigit(c),
            "space" => c => c is ' ' or (>= '\t' and <= '\r'),
            "upper" => char.IsAsciiLetterUpper,
            "xdigit" => char.IsAsciiHexDigit,
            _ => null,
        };
        if (member is null) return false;
        for (int b = 0; b < 128; b++) set[b] |= member((char)b);
        return true;
    }
}
