namespace TreePush.Engine.Remote.Ssh;

/// <summary>Forwardings over connections of their own, which stay open until they are disposed of.</summary>
internal interface ISeparateForwards : IForwards, IAsyncDisposable;
