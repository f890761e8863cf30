using System.CommandLine;
using TreePush.Core.Hosts;
using TreePush.Engine.Queueing.Redis;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>Where the tasks are, as the user said it.</summary>
internal sealed record StoreSettings
{
    private const int LongestPrefix = 100;

    /// <summary>Null if it is missing or wrong, which is among the problems.</summary>
    public RedisAddress? Address { get; private init; }

    public string? Password { get; private init; }

    public string? CaFile { get; private init; }

    public string Prefix { get; private init; } = "treepush";

    public IReadOnlyList<Problem> Warnings { get; private init; } = [];

    public static StoreSettings Read(StoreOptions options, ParseResult parsed, List<Problem> problems)
    {
        var values = new ValueReader(problems);
        string? argument = parsed.GetValue(options.Redis);
        var address = AddressOf(argument, problems);
        return new StoreSettings
        {
            Address = address,
            Password = values.Password("--redis-password-file", parsed.GetValue(options.PasswordFile), isTyped: false),
            CaFile = values.ExistingFile("--redis-ca", parsed.GetValue(options.CaFile)),
            Prefix = PrefixOf(parsed.GetValue(options.Prefix), problems),
            Warnings = argument is not null && address?.Password is not null ? [Visible()] : [],
        };
    }

    private static RedisAddress? AddressOf(string? argument, List<Problem> problems)
    {
        if (argument is { Length: > 0 }) return RedisAddress.Parse("--redis", argument, problems);
        if (Environment.GetEnvironmentVariable(StoreOptions.Variable) is { Length: > 0 } variable) return RedisAddress.Parse(StoreOptions.Variable, variable, problems);
        problems.Add(new Problem("--redis", "no Redis server is given", $"--redis redis://HOST:6379, or the environment variable {StoreOptions.Variable}"));
        return null;
    }

    private static Problem Visible() => new("--redis", "every user of this machine can read the password in the arguments (ps)", $"use --redis-password-file FILE, or {StoreOptions.Variable} in the environment");

    private static string PrefixOf(string? given, List<Problem> problems)
    {
        if (given is null) return new StoreSettings().Prefix;
        if (given.Length is 0 or > LongestPrefix || given.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or ':')))
            problems.Add(new Problem("--prefix", $"{HostSyntax.Quoted(given)} is no prefix: letters, digits and .-_: may be in it"));
        return given;
    }
}
