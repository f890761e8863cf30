namespace TreePush.Engine.Dispatching;

/// <summary>Ends a dispatcher: at first nothing more is started, then what runs is ended.</summary>
public sealed class DispatchStop : IDisposable
{
    private readonly CancellationTokenSource _soon = new();
    private readonly CancellationTokenSource _now = new();

    /// <summary>Nothing more is started.</summary>
    public CancellationToken Soon => _soon.Token;

    /// <summary>What runs is ended.</summary>
    public CancellationToken Now => _now.Token;

    public void Stop(bool kill)
    {
        _soon.Cancel();
        if (kill) _now.Cancel();
    }

    public void Dispose()
    {
        _soon.Dispose();
        _now.Dispose();
    }
}
