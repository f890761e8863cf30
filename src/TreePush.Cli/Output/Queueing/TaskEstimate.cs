using TreePush.Core.Queueing;

namespace TreePush.Cli.Output.Queueing;

/// <summary>How fast a task goes on, and how long it may still take.</summary>
internal static class TaskEstimate
{
    /// <summary>The bytes that hosts have received per second, from the first transfer's start to the last one's end.</summary>
    public static double? Rate(TaskPicture picture)
    {
        var pulled = Pulled(picture);
        if (pulled.Count == 0) return null;
        double seconds = (pulled.Max(h => h.Ended!.Value) - pulled.Min(h => h.Since!.Value)).TotalSeconds;
        return seconds > 0 ? pulled.Count * (double)picture.Spec.Size / seconds : null;
    }

    /// <summary>
    /// The time until every host has the file, if transfers take as long as they did: those that run end, then each wave lets all
    /// sources serve as many hosts as they have slots.
    /// </summary>
    /// <returns>Null if nothing is known of it, or nothing is left.</returns>
    public static TimeSpan? Left(TaskPicture picture)
    {
        if (picture.IsOver || Typical(picture) is not { } typical) return null;
        double seconds = picture.Running.Count == 0 ? 0 : picture.Running.Max(h => Math.Max(0, (typical - (picture.View.At - (h.Since ?? picture.View.At))).TotalSeconds));
        long sources = picture.Finished.Count + picture.Running.Count, waiting = picture.Waiting.Count;
        for (; waiting > 0; seconds += typical.TotalSeconds)
        {
            long served = Math.Min(waiting, sources * Math.Max(1, picture.Spec.Slots));
            waiting -= served;
            sources += served;
        }

        return TimeSpan.FromSeconds(seconds);
    }

    /// <summary>The median of the transfers that succeeded.</summary>
    private static TimeSpan? Typical(TaskPicture picture)
    {
        var times = Pulled(picture).Select(h => h.Ended!.Value - h.Since!.Value).Order().ToList();
        return times.Count == 0 ? null : times[times.Count / 2];
    }

    private static List<TaskHost> Pulled(TaskPicture picture) => [.. picture.Finished.Where(h => h is { Source: not null, Since: not null, Ended: not null })];
}
