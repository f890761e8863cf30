using System.Runtime.InteropServices;

namespace TreePush.Cli.Commands;

/// <summary>
/// The first ^C lets running transfers end, the second ends them. SIGTERM and a closed terminal end them at once.
/// </summary>
internal sealed class Signals : IDisposable
{
    private readonly Action<bool> _stop;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private bool _interrupted;

    /// <param name="stop">Stops the run; true ends running transfers too.</param>
    public Signals(Action<bool> stop)
    {
        _stop = stop;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Terminate));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Terminate));
    }

    /// <summary>The exit code if the run ends before all targets are served.</summary>
    public int ExitCode { get; private set; } = Cli.ExitCode.Interrupted;

    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        _stop(_interrupted);
        _interrupted = true;
    }

    private void Terminate(PosixSignalContext context)
    {
        context.Cancel = true;
        _interrupted = true;
        ExitCode = context.Signal == PosixSignal.SIGHUP ? Cli.ExitCode.HungUp : Cli.ExitCode.Terminated;
        _stop(true);
    }
}
