using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using TreePush.Relay;
using TreePush.Relay.Control;
using TreePush.Relay.Targets;

// Where there is no libssl the relay ends here, before its greeting: what the runtime says of it then can't be mistaken for
// something that happened in the run.
SHA256.HashData([]);

// Asked by the script that has just placed it here: does the runtime start, and does it find the cryptography it needs? The
// program is on the disk before it gets its name: a power cut then leaves a whole one, or none.
if (args is [RelayGreeting.CheckArgument])
{
    FlushProgram();
    return 0;
}

// As plain files: the console's streams bring terminals and encodings with them, of which nothing is needed here.
using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 0);
using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
try
{
    output.Write(RelayGreeting.Line);
}
catch (IOException)
{
    // Whoever started it has gone already.
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
        // A file system without that is none to wait for: the next run compares the program's hash anyway.
    }
}
