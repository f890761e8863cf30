using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Remote.OpenSsh;

/// <summary>Interprets ssh's exit status.</summary>
internal static class SshExit
{
    /// <summary>
    /// ssh's exit status when it has none from the host: the login failed, the connection broke, or a signal ended the
    /// program.
    /// </summary>
    private const int None = 255;

    /// <param name="complaints">What ssh and the program printed to standard error.</param>
    public static ProgramExit Of(Host host, int? status, IReadOnlyList<string> complaints)
    {
        if (status is not (null or None)) return new ProgramExit(status, null);
        bool isLoss = status is null || SshDiagnosis.IsLoss(complaints);
        return new ProgramExit(null, isLoss ? SshDiagnosis.OfLoss(host, complaints) : null);
    }
}
