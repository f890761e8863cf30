using TreePush.Core.Pushing;
using TreePush.Engine.Runs;

namespace TreePush.Engine.Pushing;

/// <summary>The log of one transfer. A retry from the same source appends to the same file.</summary>
public static class TransferLog
{
    /// <inheritdoc cref="OutputLog.Open"/>
    public static OutputLog Open(string path, Transfer transfer, string command) => OutputLog.Open(
        path, $"transfer {transfer.Id}, {transfer.Source.Name} -> {transfer.Target.Name}, attempt {transfer.Attempt}: {command}");
}
