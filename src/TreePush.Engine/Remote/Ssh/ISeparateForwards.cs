namespace TreePush.Engine.Remote.Ssh;

/// <summary>Ways that hold connections open, until they are disposed of.</summary>
internal interface ISeparateForwards : IForwards, IAsyncDisposable;
