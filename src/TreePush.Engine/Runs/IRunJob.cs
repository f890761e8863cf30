using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>What differs between the runs that a <see cref="RunLoop{TInput, TCommand}"/> carries out. All is called on the loop's own thread, one at a time.</summary>
internal interface IRunJob<in TInput, TCommand>
{
    /// <summary>Takes what has arrived, and says what it leads to; null where it leads to nothing.</summary>
    RunStep<TCommand>? Handle(TInput input, DateTimeOffset now);

    void Execute(TCommand command);

    /// <summary>Ends what is open and what runs; called once, after the last command.</summary>
    void Close();

    /// <summary>Ends what arrived too late to be handled.</summary>
    void Discard(TInput late);
}
