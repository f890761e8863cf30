using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>
/// A program that is called as ssh is, and runs what it is told on this machine. Its calls are <c>master</c> (a connection
/// that others share), <c>join</c> (a session on one) and <c>alone</c>; each kind can be held up, or made to fail.
/// </summary>
internal sealed class FakeSsh : IDisposable
{
    private const string Script = """
        #!/bin/sh
        d=${0%/*}
        case "$*" in *ControlMaster=yes*) k=master;; *ProxyCommand=exit*) k=join;; *) k=alone;; esac
        said=
        if [ -e "$d/once-$k" ] && mv "$d/once-$k" "$d/was-$k" 2>/dev/null; then said=$(cat "$d/was-$k"); elif [ -e "$d/fail-$k" ]; then said=$(cat "$d/fail-$k"); fi
        echo $k >>"$d/calls" # From now on the test may change what the next call does.
        if [ -n "$said" ]; then echo "$said" >&2; exit 255; fi
        if [ -e "$d/hold-$k" ]; then until [ -e "$d/go" ]; do sleep 0.02; done; fi
        for c; do :; done
        echo $$ >>"$d/shells"
        exec sh -c "$c"
        """;

    private readonly Temporary _temporary = new();

    public FakeSsh()
    {
        Directory.CreateDirectory(_temporary["."]);
        File.WriteAllText(Path, Script + "\n");
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path => _temporary["ssh"];

    /// <summary>A command that runs until <see cref="Go"/>.</summary>
    public string Wait => $"until [ -e {_temporary["go"]} ]; do sleep 0.02; done";

    /// <summary>The kinds of calls so far, in order.</summary>
    public IReadOnlyList<string> Calls => File.Exists(_temporary["calls"]) ? File.ReadAllLines(_temporary["calls"]) : [];

    public Task WaitForCallsAsync(string kind, int count) =>
        Testing.Wait.UntilAsync(() => Calls.Count(c => c == kind) >= count, Patience.Usual, () => $"only {string.Join(' ', Calls)}");

    /// <summary>Calls of this kind wait from now on until <see cref="Go"/>.</summary>
    public void Hold(string kind) => File.WriteAllText(_temporary["hold-" + kind], "");

    /// <summary>Calls of this kind fail from now on, and print this.</summary>
    public void Fail(string kind, string complaint) => File.WriteAllText(_temporary["fail-" + kind], complaint + "\n");

    /// <summary>The next call of this kind fails, and prints this.</summary>
    public void FailOnce(string kind, string complaint) => File.WriteAllText(_temporary["once-" + kind], complaint + "\n");

    /// <summary>Calls of this kind succeed again.</summary>
    public void Heal(string kind) => File.Delete(_temporary["fail-" + kind]);

    public void Go() => File.WriteAllText(_temporary["go"], "");

    /// <summary>Ends the shells that it has started first.</summary>
    public void EndShells(int count = int.MaxValue)
    {
        foreach (string number in File.ReadLines(_temporary["shells"]).Take(count).ToList())
        {
            using var shell = System.Diagnostics.Process.GetProcessById(int.Parse(number));
            shell.Kill();
        }
    }

    public void Dispose() => _temporary.Dispose();
}
