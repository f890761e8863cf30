using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using TreePush.Relay;
using TreePush.Relay.Control;
using TreePush.Relay.Targets;

// On a host without libssl, the relay ends here, before its greeting. The runtime's error message then can't be mistaken for a fault in the run.
SHA256.HashData([]);

// The script that has just placed the relay here asks whether the program starts and finds its cryptography library. The program
// is flushed to the disk before it gets its name, so a power cut leaves a complete program or none.
if (args is [RelayGreeting.CheckArgument])
{
    FlushProgram();
    return 0;
}

// The standard streams are opened as plain files: the console's streams set up terminals and encodings, which the relay does not need.
using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
try
{
    output.Write(RelayGreeting.Line);
}
catch (IOException)
{
    // The process that started the relay is gone already.
    return 0;
}

var control = new ControlChannel(input, output);
control.Start();
try
{
    if (control.Receive() is not ControlMessage.Start start) throw new WireException("the first message is not what a controller begins with");
    using var run = new RelayRun(start, control);
    run.Run();
}
catch (RelayFaultException e)
{
    control.Send(new ControlMessage.Failed(e.Fault, e.CanServe, e.Message));
}
catch (Exception e) when (e is WireException or SocketException)
{
    control.Send(new ControlMessage.Failed(RelayFault.Internal, false, e.Message));
}

control.Close(patience: TimeSpan.FromSeconds(2));
return 0;

static void FlushProgram()
{
    try
    {
        using var program = File.OpenHandle("/proc/self/exe");
        RandomAccess.FlushToDisk(program);
    }
    catch (Exception e) when (e is IOException or UnauthorizedAccessException)
    {
        // Some file systems can't flush a file. The next run compares the program's hash anyway.
    }
}
