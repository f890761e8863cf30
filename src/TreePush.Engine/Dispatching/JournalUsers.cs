using TreePush.Engine.Runs;

namespace TreePush.Engine.Dispatching;

/// <summary>Knows whether a process is the only one that uses a journal, which it must be to replace the file.</summary>
internal static class JournalUsers
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Joins the users of a journal.</summary>
    /// <param name="alone">Called before, if there is no other user. Nobody can join meanwhile.</param>
    /// <returns>To be disposed of when the journal is not used any more. It ends with the process, however that ends.</returns>
    public static async Task<IDisposable> JoinAsync(string journal, Action alone, CancellationToken ct)
    {
        string path = journal + ".users";
        try
        {
            using (new FileStream(path, PrivateFile.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))) alone();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Others use it.
        }

        while (true)
        {
            try
            {
                return new FileStream(path, PrivateFile.Options(FileMode.Open, FileAccess.Read, FileShare.Read));
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process has the journal for itself for a moment.
                await Task.Delay(Pause, ct);
            }
        }
    }
}
