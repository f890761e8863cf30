using System.Text.RegularExpressions;

namespace TreePush.Core.Dispatching;

/// <summary>
/// A regular expression that is matched at the start of a file's name. Expressions that need no backtracking are matched in
/// linear time. The others have a time limit.
/// </summary>
public sealed class FileNamePattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(200);

    /// <summary>Matches every name.</summary>
    public static readonly FileNamePattern Any = new("", Build(""));

    private readonly Regex _regex;

    private FileNamePattern(string text, Regex regex) => (Text, _regex) = (text, regex);

    public string Text { get; }

    /// <returns>The pattern, or null and what is wrong with the text.</returns>
    public static (FileNamePattern? Pattern, string? Fault) Parse(string text)
    {
        try
        {
            return (new FileNamePattern(text, Build(text)), null);
        }
        catch (ArgumentException e)
        {
            return (null, $"{HostSyntax.Quoted(text)} is not a regular expression: {DisplayText.Line(e.Message)}");
        }
    }

    /// <returns>Null if the match took too long.</returns>
    public bool? Matches(string name)
    {
        try
        {
            return _regex.IsMatch(name);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    public override string ToString() => Text;

    private static Regex Build(string text)
    {
        string anchored = $@"\A(?:{text})";
        try
        {
            return new Regex(anchored, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            // It has a lookaround or a backreference.
            return new Regex(anchored, RegexOptions.CultureInvariant, Limit);
        }
    }
}
