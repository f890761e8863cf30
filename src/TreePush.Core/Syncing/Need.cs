using System.Text.Json.Serialization;

namespace TreePush.Core.Syncing;

/// <summary>What a host lacks, as it found out itself by comparing the manifest with its own tree.</summary>
/// <param name="Files">Files whose content it lacks or must check piece by piece.</param>
/// <param name="Bytes">The most that it will receive.</param>
/// <param name="Changes">Entries of all kinds that will be made or changed, files included.</param>
/// <param name="Deletions">Entries that will be deleted.</param>
public sealed record Need(int Files, long Bytes, int Changes, int Deletions)
{
    /// <summary>The host has every byte of content, so that it can serve all pieces at once.</summary>
    [JsonIgnore]
    public bool IsNothing => Files == 0;
}
