using TreePush.Core.Runs;

namespace TreePush.Engine.Runs;

/// <summary>
/// The part of a run that a <see cref="RunLoop{TInput, TCommand}"/> leaves to the job. The loop calls all methods, one at
/// a time.
/// </summary>
internal interface IRunJob<in TInput, TCommand>
{
    /// <summary>Handles an input. The result is the events and commands that follow; null for none.</summary>
    RunStep<TCommand>? Handle(TInput input, DateTimeOffset now);

    void Execute(TCommand command);

    /// <summary>Ends everything that is open or running. Called once, after the last command.</summary>
    void Close();

    /// <summary>Ends what an unhandled input holds: it arrived after the run's end.</summary>
    void Discard(TInput late);
}
