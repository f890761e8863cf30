using System.IO.Pipes;
using TreePush.Core.Syncing;
using TreePush.Core.Wire;
using TreePush.Relay.Control;

namespace TreePush.Relay.Tests;

/// <summary>A source and a target as they run on hosts, but in this process, with a test in the controller's place.</summary>
internal sealed class TwoRelays : IDisposable
{
    private static readonly byte[] Run = new byte[ControlMessage.Start.RunSize], Secret = new byte[LinkToken.SecretSize];

    private readonly Side _source, _target;

    public TwoRelays(string source, string target, RelayOptions options)
    {
        _source = new Side(new ControlMessage.Start(RelayRole.Source, Run, source, Secret) { Options = options with { Plain = true } });
        _target = new Side(new ControlMessage.Start(RelayRole.Target, Run, target, Secret) { Options = options with { Plain = true } });
    }

    /// <summary>What the two had to say of files.</summary>
    public List<ControlMessage.FileWarning> Notices { get; } = [];

    public ControlMessage.SourceScanned? SourceScanned { get; private set; }

    public ControlMessage.Scanned? Scanned { get; private set; }

    /// <summary>Runs to the target's last word.</summary>
    /// <param name="until">What ends the run; Delivered and Failed always do.</param>
    public ControlMessage Bring(Func<ControlMessage, bool>? until = null)
    {
        if (_source.Hear() is not ControlMessage.Ready ready) throw new InvalidOperationException("the source did not start");
        _target.Hear().Should().BeOfType<ControlMessage.Ready>();
        _target.Say(new ControlMessage.Attach(1, [new Endpoint("127.0.0.1", ready.Port)], ready.Key, LinkToken.Make(Secret, 1), [ready.Key]) { Source = ready.Tree });
        var listening = Task.Run(ListenToSource);
        while (true)
        {
            var message = _target.Hear();
            Note(message);
            if (message is ControlMessage.Wants wants) _source.Say(new ControlMessage.Want(wants.Entries));
            if (message is not (ControlMessage.Delivered or ControlMessage.Failed or null) && until?.Invoke(message) != true) continue;
            _source.Close();
            listening.Wait();
            return message ?? throw new InvalidOperationException("the target ended without a word");
        }
    }

    public void Dispose()
    {
        _source.Dispose();
        _target.Dispose();
    }

    private void ListenToSource()
    {
        while (_source.Hear() is { } message) Note(message);
    }

    private void Note(ControlMessage? message)
    {
        lock (Notices)
        {
            if (message is ControlMessage.FileWarning notice) Notices.Add(notice);
            if (message is ControlMessage.SourceScanned surveyed) SourceScanned = surveyed;
            if (message is ControlMessage.Scanned scanned) Scanned = scanned;
        }
    }

    /// <summary>One relay, and the controller's end of its channel.</summary>
    private sealed class Side : IDisposable
    {
        private readonly AnonymousPipeServerStream _input = new(PipeDirection.Out), _output = new(PipeDirection.In);
        private readonly FrameReader _reader;
        private readonly Thread _relay;

        public Side(ControlMessage.Start start)
        {
            _reader = new FrameReader(_output);
            _relay = new Thread(() => Work(new AnonymousPipeClientStream(PipeDirection.In, _input.ClientSafePipeHandle), new AnonymousPipeClientStream(PipeDirection.Out, _output.ClientSafePipeHandle), start));
            _relay.Start();
        }

        public ControlMessage? Hear() => _reader.TryRead(out var type, out var payload) ? ControlCodec.Read(type, payload.Span) : null;

        public void Say(ControlMessage message)
        {
            var writer = new WireWriter();
            var type = ControlCodec.Write(writer, message);
            byte[] header = new byte[Frame.HeaderSize];
            Frame.WriteHeader(header, type, writer.Length);
            _input.Write([.. header, .. writer.Written]);
        }

        public void Close() => _input.Dispose();

        public void Dispose()
        {
            Close();
            _relay.Join();
            _output.Dispose();
        }

        private static void Work(Stream input, Stream output, ControlMessage.Start start)
        {
            using var ends = input;
            var control = new ControlChannel(input, output);
            control.Start();
            using (var run = new RelayRun(start, control)) run.Run();
            control.Close(TimeSpan.FromSeconds(2));
            output.Dispose();
        }
    }
}
