using System.Text.Json.Serialization;

namespace TreePush.Core.Syncing;

/// <summary>What a host lacks. The host finds this by comparing the manifest with its own tree.</summary>
/// <param name="Files">The number of files whose content the host lacks or must check piece by piece.</param>
/// <param name="Bytes">The most bytes that the host will receive.</param>
/// <param name="Changes">The number of entries of all kinds that will be created or changed, including files.</param>
/// <param name="Deletions">The number of entries that will be deleted.</param>
public sealed record Need(int Files, long Bytes, int Changes, int Deletions)
{
    /// <summary>Whether the host has all content, so that it can serve all pieces at once.</summary>
    [JsonIgnore]
    public bool IsNothing => Files == 0;
}
