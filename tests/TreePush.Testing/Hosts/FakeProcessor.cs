namespace TreePush.Testing;

/// <summary>Makes a host's `uname` report another processor than it has.</summary>
internal sealed class FakeProcessor(string root, string name)
{
    private const string Uname = "/usr/bin/uname";

    public IReadOnlyList<Bind> Binds => [new(Fake, Uname)];

    private string Fake => Path.Combine(root, "uname");

    private string Real => Path.Combine(root, "uname-real");

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        File.Copy(Uname, Real);
        await File.WriteAllTextAsync(
            Fake, $"#!/bin/sh\nanswer=$('{Real}' \"$@\") || exit\necho \"$answer\" | sed \"s/$('{Real}' -m)/{name}/g\"\n", cancellationToken);
        File.SetUnixFileMode(Fake, File.GetUnixFileMode(Uname));
    }
}
