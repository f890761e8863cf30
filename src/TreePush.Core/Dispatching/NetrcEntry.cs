namespace TreePush.Core.Dispatching;

/// <summary>What a netrc file says of one machine.</summary>
/// <param name="Machine">The machine's name; null for the entry <c>default</c>, which stands for every machine.</param>
/// <param name="Login">Null where the entry names none; it then stands for every login.</param>
public sealed record NetrcEntry(string? Machine, string? Login, string? Password, string? Account)
{
    /// <summary>Whether the entry is for this machine and login.</summary>
    /// <param name="login">Null if any will do.</param>
    public bool Matches(string machine, string? login) =>
        (Machine is null || Machine.Equals(machine, StringComparison.OrdinalIgnoreCase)) && (login is null || Login is null || Login == login);

    /// <summary>Shows no password.</summary>
    public override string ToString() => $"{Machine ?? "default"} {Login}";
}
