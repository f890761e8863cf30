using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>What ssh's exit status says of the program at the host.</summary>
internal static class SshExit
{
    /// <summary>What ssh ends with where there is no other status: it was not let in, the connection broke, or a signal ended the program.</summary>
    private const int None = 255;

    /// <param name="complaints">What was printed to standard error, by ssh too.</param>
    public static ProgramExit Of(Host host, int? status, IReadOnlyList<string> complaints)
    {
        if (status is not (null or None)) return new ProgramExit(status, null);
        bool isLoss = status is null || SshDiagnosis.IsLoss(complaints);
        return new ProgramExit(null, isLoss ? SshDiagnosis.OfLoss(host, complaints) : null);
    }
}
