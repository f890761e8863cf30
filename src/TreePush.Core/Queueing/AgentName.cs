namespace TreePush.Core.Queueing;

/// <summary>
/// What the name of an agent may look like. Other hosts reach it by this name, so it is put into their commands: as host and
/// port, it holds nothing that a shell or a program could take for something else.
/// </summary>
public static class AgentName
{
    /// <summary>The longest name that the DNS has, with brackets and a port.</summary>
    private const int Longest = 253 + 8;

    /// <returns>Why it is no name of an agent, to follow the name in a sentence; null if it is one.</returns>
    public static string? Fault(string name)
    {
        if (name.Length == 0) return "is empty";
        if (name.Length > Longest) return "is too long";
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or ':' or '[' or ']' or '%')) return "is no host name or address: it has other characters";
        return char.IsAsciiLetterOrDigit(name[0]) || name[0] == '[' || name.StartsWith("::", StringComparison.Ordinal) ? null : "does not begin with a letter or a digit";
    }
}
