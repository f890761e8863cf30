using System.Text;

namespace TreePush.Core.Dispatching.Ftp;

/// <summary>What a curl is to do, in the syntax of its <c>--config</c>: secrets go to it by standard input alone.</summary>
public sealed class CurlConfig
{
    private readonly StringBuilder _text = new();

    /// <summary>An option without a value.</summary>
    public CurlConfig Add(string option)
    {
        _text.Append(option).Append('\n');
        return this;
    }

    public CurlConfig Add(string option, string value)
    {
        _text.Append(option).Append(" = \"");
        foreach (char c in value) _text.Append(Escaped(c));
        _text.Append("\"\n");
        return this;
    }

    public CurlConfig Add(string option, TimeSpan seconds) => Add(option, FormattableString.Invariant($"{Math.Max(1, Math.Ceiling(seconds.TotalSeconds)):0}"));

    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_text.ToString());

    /// <summary>Names the type alone, as there are secrets in it.</summary>
    public override string ToString() => nameof(CurlConfig);

    private static string Escaped(char c) => c switch
    {
        '\\' => @"\\",
        '"' => "\\\"",
        '\t' => @"\t",
        '\n' => @"\n",
        '\r' => @"\r",
        '\v' => @"\v",
        _ => c.ToString(),
    };
}
