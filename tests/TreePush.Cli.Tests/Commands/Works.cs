using TreePush.Engine.Pushing;
using TreePush.Engine.Runs;
using TreePush.Engine.Syncing;

namespace TreePush.Cli.Tests.Commands;

/// <summary>The work of a request that is known to be of one job.</summary>
internal static class Works
{
    public static PushWork Push(this RunRequest? request) => (PushWork)request!.Work;

    public static SyncWork Sync(this RunRequest? request) => (SyncWork)request!.Work;
}
