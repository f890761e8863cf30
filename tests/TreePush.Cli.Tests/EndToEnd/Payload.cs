using System.Security.Cryptography;
using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>A file of random bytes that a test pushes: first on the controller alone, at the same path on every host in the end.</summary>
internal sealed class Payload
{
    private readonly Fleet _fleet;
    private readonly string _name;
    private readonly byte[] _hash;

    private Payload(Fleet fleet, string name, byte[] hash) => (_fleet, _name, _hash) = (fleet, name, hash);

    /// <summary>The file, as the controller and every host see it.</summary>
    public string Path => System.IO.Path.Combine(_fleet.DataPath, _name);

    public static Payload OnController(Fleet fleet, string name, int bytes = 100_000)
    {
        var payload = New(fleet, name, bytes, out byte[] content);
        File.WriteAllBytes(payload.Path, content);
        return payload;
    }

    public static Payload On(Fleet fleet, FleetHost host, string name, int bytes = 100_000)
    {
        var payload = New(fleet, name, bytes, out byte[] content);
        File.WriteAllBytes(payload.PathOn(host), content);
        return payload;
    }

    /// <summary>Where the tests see a host's copy.</summary>
    public string PathOn(FleetHost host) => System.IO.Path.Combine(host.DataDirectory, _name);

    public bool IsOn(FleetHost host) =>
        File.Exists(PathOn(host)) && SHA256.HashData(File.ReadAllBytes(PathOn(host))).AsSpan().SequenceEqual(_hash);

    private static Payload New(Fleet fleet, string name, int bytes, out byte[] content)
    {
        content = RandomNumberGenerator.GetBytes(bytes);
        return new Payload(fleet, name, SHA256.HashData(content));
    }
}
