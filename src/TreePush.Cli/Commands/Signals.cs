using System.Runtime.InteropServices;

namespace TreePush.Cli.Commands;

/// <summary>^C lets what runs end, a second one ends it; SIGTERM and a lost terminal end it at once.</summary>
internal sealed class Signals : IDisposable
{
    private readonly Action<bool> _stop;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private bool _interrupted;

    /// <param name="stop">Stops the run; with true it ends what runs.</param>
    public Signals(Action<bool> stop)
    {
        _stop = stop;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Terminate));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Terminate));
    }

    /// <summary>The exit code of a run that was ended with targets left.</summary>
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
