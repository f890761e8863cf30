using TreePush.Cli.Output.Console;
using TreePush.Core.Hosts;
using TreePush.Engine.Queueing;
using TreePush.Engine.Queueing.Redis;

namespace TreePush.Cli.Commands.Queueing;

/// <summary>Opens the tasks that the user named.</summary>
internal static class TaskStores
{
    /// <summary>Shows what is wrong with the command line, all at once, and what the user should know.</summary>
    /// <returns>Whether something is wrong.</returns>
    public static bool Refuses(IReadOnlyList<Problem> problems, StoreSettings store)
    {
        foreach (var warning in store.Warnings) Messages.Warning($"{warning.Where}: {warning.What}", warning.Hint);
        App.Complain(problems);
        return problems.Count > 0;
    }

    /// <param name="lease">How long a claim stands without being renewed; null where nothing is claimed.</param>
    public static ITaskStore Open(StoreSettings settings, TimeSpan? lease)
    {
        var options = new RedisOptions
        {
            Address = settings.Address ?? throw new InvalidOperationException("No address was given."),
            Password = settings.Password,
            CaFile = settings.CaFile,
            Prefix = settings.Prefix,
            Lease = lease ?? RedisOptions.DefaultLease,
            Warn = text => Messages.Warning(text),
        };
        return new RedisTaskStore(options, TimeProvider.System);
    }
}
