using System.Runtime.InteropServices;
using TreePush.Core.Pushing;

namespace TreePush.Cli.Commands;

/// <summary>^C lets what runs end, a second one ends it; SIGTERM and a lost terminal end it at once.</summary>
internal sealed class Signals : IDisposable
{
    private readonly Action<PushInput> _post;
    private readonly List<PosixSignalRegistration> _registrations = [];
    private bool _interrupted;

    public Signals(Action<PushInput> post)
    {
        _post = post;
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, Terminate));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, Terminate));
    }

    public void Dispose() => _registrations.ForEach(r => r.Dispose());

    private void Interrupt(PosixSignalContext context)
    {
        context.Cancel = true;
        _post(new PushInput.Stop(Kill: _interrupted));
        _interrupted = true;
    }

    private void Terminate(PosixSignalContext context)
    {
        context.Cancel = true;
        _interrupted = true;
        _post(new PushInput.Stop(Kill: true));
    }
}
