using Renci.SshNet;
using Renci.SshNet.Messages.Connection;

namespace TreePush.Engine.Remote.SshNet;

/// <summary>A shell in a session of an SSH.NET connection.</summary>
internal sealed class SshNetChannel : ShellChannel
{
    /// <summary>How long after the end of a session the loss of its connection may show.</summary>
    private static readonly TimeSpan LossPatience = TimeSpan.FromSeconds(1);

    private readonly SshLink _link;
    private readonly SshCommand _command;
    private readonly bool _isAlone;
    private readonly Task _running;
    private readonly ChannelOutput _output;
    private readonly ChannelOutput _error;
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _over;
    private Task? _closing;
    private Task? _ending;

    private SshNetChannel(SshLink link, SshCommand command, bool isAlone)
    {
        (_link, _command, _isAlone) = (link, command, isAlone);
        _running = command.ExecuteAsync(CancellationToken.None);
        (_output, _error) = (new ChannelOutput(command.OutputStream), new ChannelOutput(command.ExtendedOutputStream));
        _over = WatchAsync();
        Input = new ChannelInput(command.CreateInputStream(), () => _over.IsCompleted);
        // The library's own handlers were added first, so the bytes can be read when these handlers are called.
        link.Session.ChannelDataReceived += OnData;
        link.Session.ChannelExtendedDataReceived += OnError;
        _output.Wake();
        _error.Wake();
    }

    public override Stream Input { get; }

    public override Stream Output => _output;

    public override Task Closed => CloseAsync();

    protected override Stream Error => _error;

    /// <summary>Starts the command. Blocks until the server has answered.</summary>
    /// <param name="isAlone">The connection ends with the shell.</param>
    /// <exception cref="Renci.SshNet.Common.SshException">The server takes no more sessions, or is gone.</exception>
    public static SshNetChannel Open(SshLink link, SshCommand command, bool isAlone)
    {
        try
        {
            return new SshNetChannel(link, command, isAlone);
        }
        catch
        {
            command.Dispose();
            throw;
        }
    }

    public override ProgramExit Judge(int? status, IReadOnlyList<string> tail) => new(status, status is null ? _link.Breakage : null);

    public override async Task<int?> WaitAsync(CancellationToken ct)
    {
        await _over.WaitAsync(ct);
        int? status = _running.IsCompletedSuccessfully ? _command.ExitStatus : null;
        // A session that ends without a status or a signal may be the first sign of a connection that is lost.
        if (status is null && _command.ExitSignal is null && !_cut.Task.IsCompleted) await Task.WhenAny(_link.Broken, Task.Delay(LossPatience, ct));
        return status;
    }

    public override void CloseInput() => LazyInitializer.EnsureInitialized(ref _closing, () => Task.Run(Input.Dispose));

    /// <summary>Closes the channel, whatever runs there. The host's shell sees the end of its input.</summary>
    public override void Kill() => _cut.TrySetResult();

    protected override void Dispose(bool disposing)
    {
        if (disposing) Kill();
        base.Dispose(disposing);
    }

    private async Task WatchAsync()
    {
        await Task.WhenAny(_running, _link.Broken, _cut.Task);
        _link.Session.ChannelDataReceived -= OnData;
        _link.Session.ChannelExtendedDataReceived -= OnError;
        _output.End();
        _error.End();
        // The library waits for the server's answer; callers do not.
        _ending = Task.Run(EndAsync);
    }

    private async Task CloseAsync()
    {
        await _over;
        await _ending!.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task EndAsync()
    {
        try
        {
            _command.Dispose();
        }
        finally
        {
            if (_isAlone) await _link.DisposeAsync();
        }
    }

    private void OnData(object? sender, MessageEventArgs<ChannelDataMessage> e) => _output.Wake();

    private void OnError(object? sender, MessageEventArgs<ChannelExtendedDataMessage> e) => _error.Wake();
}
