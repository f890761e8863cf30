namespace TreePush.Core.Manifests;

/// <summary>
/// A pattern of <c>*</c>, <c>**</c>, <c>?</c>, <c>[…]</c> and literal bytes. It runs as a nondeterministic automaton, so matching
/// never takes longer than the length of the pattern times the length of the path.
/// </summary>
internal sealed class Wildcard
{
    private readonly WildcardToken[] _tokens;

    private Wildcard(WildcardToken[] tokens) => _tokens = tokens;

    /// <summary>Parses a pattern. As in rsync, a backslash is an ordinary byte if the pattern has no wildcard.</summary>
    public static (Wildcard? Wildcard, string? Fault) Parse(ReadOnlySpan<byte> text)
    {
        bool literal = text.IndexOfAny((byte)'*', (byte)'?', (byte)'[') < 0;
        var tokens = new List<WildcardToken>(text.Length);
        int at = 0;
        while (at < text.Length)
        {
            byte b = text[at++];
            if (literal || b is not ((byte)'*' or (byte)'?' or (byte)'[' or (byte)'\\')) tokens.Add(new WildcardToken(WildcardTokenKind.Literal, b));
            else if (b == '?') tokens.Add(new WildcardToken(WildcardTokenKind.AnyByte));
            else if (b == '*') tokens.Add(new WildcardToken(Stars(text, ref at)));
            else if (b == '\\' && at == text.Length) return (null, "ends in a backslash that escapes nothing");
            else if (b == '\\') tokens.Add(new WildcardToken(WildcardTokenKind.Literal, text[at++]));
            else
            {
                var (set, fault) = ByteSet.Parse(text, ref at);
                if (set is null) return (null, fault);
                tokens.Add(new WildcardToken(WildcardTokenKind.Set, Set: set));
            }
        }

        return (new Wildcard([.. tokens]), null);
    }

    private static WildcardTokenKind Stars(ReadOnlySpan<byte> text, ref int at)
    {
        int first = at;
        while (at < text.Length && text[at] == '*') at++;
        return at == first ? WildcardTokenKind.WithinComponent : WildcardTokenKind.AcrossComponents;
    }

    public bool Matches(ReadOnlySpan<byte> path, WildcardPlace place)
    {
        int states = _tokens.Length + 1;
        Span<bool> now = states <= 256 ? stackalloc bool[states] : new bool[states];
        Span<bool> next = states <= 256 ? stackalloc bool[states] : new bool[states];
        now.Clear();
        Enter(now, 0);
        if (place.SlashBefore) Step((byte)'/', ref now, ref next);
        foreach (byte b in path)
        {
            Step(b, ref now, ref next);
            if (b == '/' && place.AnyComponent) Enter(now, 0);
        }

        if (place.SlashBehind) Step((byte)'/', ref now, ref next);
        return now[^1];
    }

    private void Step(byte b, ref Span<bool> now, ref Span<bool> next)
    {
        next.Clear();
        for (int i = 0; i < _tokens.Length; i++)
        {
            if (now[i] && _tokens[i].Takes(b)) Enter(next, _tokens[i].Repeats ? i : i + 1);
        }

        var last = now;
        now = next;
        next = last;
    }

    /// <summary>Enters a state. A step that may match nothing is also passed over, so the state after it is entered too.</summary>
    private void Enter(Span<bool> states, int state)
    {
        states[state] = true;
        while (state < _tokens.Length && _tokens[state].Repeats) states[++state] = true;
    }
}
