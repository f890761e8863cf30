namespace TreePush.Engine.Tests;

/// <summary>A directory for one test.</summary>
internal sealed class Temporary : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("tp-engine-").FullName;

    public string this[string file] => Path.Combine(Directory, file);

    public string Write(string file, string text)
    {
        File.WriteAllText(this[file], text);
        return this[file];
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
