using TreePush.Relay.Targets;

namespace TreePush.Relay.Tests.Fuzzing;

/// <summary>A target at work on a thread of its own, which waits for news for ever, and hence is interrupted at the end.</summary>
internal sealed class TargetThread
{
    private readonly Thread _thread;
    private Exception? _fault;

    public TargetThread(TargetRun target)
    {
        _thread = new Thread(() => Work(target)) { IsBackground = true, Name = "target" };
        _thread.Start();
    }

    /// <summary>Waits until it has nothing more to do with what has come so far.</summary>
    public void Settle()
    {
        for (int idle = 0; idle < 3 && _thread.IsAlive; Thread.Yield())
            idle = (_thread.ThreadState & ThreadState.WaitSleepJoin) != 0 ? idle + 1 : 0;
    }

    public void End()
    {
        Settle();
        _thread.Interrupt();
        _thread.Join();
        if (_fault is not null) throw new InvalidOperationException($"the target failed in a way that is not foreseen: {_fault}");
    }

    private void Work(TargetRun target)
    {
        try
        {
            target.Run();
        }
        catch (Exception e) when (e is RelayFaultException or ThreadInterruptedException)
        {
            // It can't go on, or the conversation is over.
        }
        catch (Exception e)
        {
            _fault = e;
        }
    }
}
