namespace TreePush.Core.Pushing;

/// <summary>
/// Decides what the end of a transfer means for its target (served, tried again, given up) and for its source, which may be at
/// fault. A source that fails several different targets in a row is suspected and set aside, and these failures do not count
/// against the targets. If the targets also fail from other sources, the suspicion is dropped.
/// </summary>
internal sealed class FaultAttribution(PushState state)
{
    private const int MostLosses = 3;

    /// <summary>How many served hosts must fail to log in to others, while none has succeeded, before only the given sources serve.</summary>
    private const int StrangersSeen = 3;

    private bool _servedHaveServed;

    /// <summary>A target that did not answer the controller's probe was served: sources can reach hosts that the controller can't.</summary>
    private bool _probeMisleads;

    private int _strangers;

    public void Succeeded(RunningTransfer running, DateTimeOffset now)
    {
        var (source, target) = (running.Source, running.Target);
        var took = now - running.Started;
        state.End(running, TransferEnd.Succeeded);
        if (source.State == SourceState.Suspected) Restore(source, now);
        target.State = TargetState.Served;
        _probeMisleads |= target.Port == PortState.Silent;
        target.LastFailure = null;
        bool inside = source.Host.Placement.Zone == target.Host.Placement.Zone;
        state.Times.AddTransfer(inside, took);
        state.Emit(new TransferSucceeded(now, running.Transfer.Id, source.Name, target.Name, target.Attempts, took));
        state.Emit(new TargetServed(now, target.Name, source.Name, target.Attempts, now - state.Started));
        _servedHaveServed |= !source.IsFirst;
        var served = state.AddSource(target.Host, isFirst: false);
        if (state.OnlyFirstServe) state.Move(served, SourceState.Retired);
    }

    public void Failed(RunningTransfer running, Failure failure, DateTimeOffset now)
    {
        running.Target.LastFailure = failure;
        if (failure.Kind == FailureKind.Interrupted) BrokenOff(running, failure, now);
        else if (failure.IsSourceFault) SourceAtFault(running, failure, now);
        else AnyoneAtFault(running, failure, now);
    }

    /// <summary>Handles a source that could not be opened, lost its connection, or turned out to be unable to serve.</summary>
    public void SourceLost(Source source, Failure failure, DateTimeOffset now)
    {
        if (source.State is not (SourceState.Opening or SourceState.Open)) return;
        state.EndOpening(source);
        DateTimeOffset? comeback = null;
        if (failure.IsPassing && ++source.Losses < MostLosses)
        {
            comeback = now + TimeSpan.FromSeconds(1 << source.Losses);
            state.Move(source, SourceState.Resting);
            state.Wait(source, comeback.Value);
        }
        else state.Move(source, SourceState.Retired);

        state.Emit(new SourceSetAside(now, source.Name, failure, comeback));
        state.CloseIfDone(source);
        if (state.Pool.Live > 0) return;
        // A suspected source is better than no source.
        foreach (var suspect in state.Pool.Suspected.ToList()) Restore(suspect, now);
    }

    /// <summary>Returns a source to the pool, because its pause is over or the suspicion against it was dropped.</summary>
    public void Restore(Source source, DateTimeOffset now)
    {
        if (source.State is not (SourceState.Resting or SourceState.Suspected)) return;
        state.Pool.Absolve(source);
        state.Move(source, source.IsConnected ? SourceState.Open : SourceState.Candidate);
        state.Emit(new SourceRestored(now, source.Name));
    }

    /// <summary>The user ended the transfer, either by ending the run or to have it tried from another source.</summary>
    private void BrokenOff(RunningTransfer running, Failure failure, DateTimeOffset now)
    {
        state.End(running, TransferEnd.BrokenOff);
        if (running.IsReturned)
        {
            running.Target.FailedFrom.Add(running.Source.Name);
            EmitFailed(running, failure, counted: false, retryAt: now, now);
            Requeue(running.Target);
        }
        else
        {
            EmitFailed(running, failure, counted: true, retryAt: null, now);
            GiveUp(running.Target, failure, now);
        }
    }

    private void SourceAtFault(RunningTransfer running, Failure failure, DateTimeOffset now)
    {
        state.End(running, TransferEnd.BrokenOff);
        running.Target.FailedFrom.Add(running.Source.Name);
        EmitFailed(running, failure, counted: false, retryAt: now, now);
        SourceLost(running.Source, failure, now);
        Requeue(running.Target);
    }

    private void AnyoneAtFault(RunningTransfer running, Failure failure, DateTimeOffset now)
    {
        var (source, target) = (running.Source, running.Target);
        bool isNotBySource = IsNotBySource(failure, source, target);
        state.End(running, isNotBySource ? TransferEnd.NotBySource : TransferEnd.Failed);
        target.FailedFrom.Add(source.Name);
        target.Failures++;
        Acquit(target, source, now);
        if (failure.IsLackOfTrust && IsStranger(source, target))
        {
            Distrust(running, failure, now);
            return;
        }

        bool suspected = !isNotBySource && source.State == SourceState.Open && state.Pool.Live > 1 && Witnesses(source) >= state.Policy.FailuresInARow;
        bool excused = suspected && target.Excuses < Target.MostExcuses;
        bool again = excused || target.Failures <= state.Policy.Retries;
        var retryAt = excused ? now : now + RetryDelay(target.Failures);
        EmitFailed(running, failure, counted: !excused, again ? retryAt : null, now);
        if (suspected) Suspect(source, target, failure, now);
        if (excused) Requeue(target);
        else if (again) Postpone(target, retryAt);
        else GiveUp(target, failure, now);
    }

    /// <summary>
    /// Whether the failure is no evidence against the source. A target that neither the source nor the controller can reach is
    /// down. Without a probe result, the source is believed if it has served other targets; a source that has served no target
    /// may itself be cut off.
    /// </summary>
    private bool IsNotBySource(Failure failure, Source source, Target target) => failure.Kind switch
    {
        FailureKind.LogNotWritable => true,
        _ when target.Port == PortState.Silent && !_probeMisleads && MayMeanUnreachable(failure) => true,
        FailureKind.TargetUnreachable => target.Port != PortState.Answered && source.HasServed,
        _ => false,
    };

    /// <summary>
    /// Whether the failure may mean that the target is unreachable. ssh exits with 255 if it can't connect, and so do scp and
    /// rsync when ssh does; with -q, ssh prints no reason.
    /// </summary>
    private static bool MayMeanUnreachable(Failure failure) =>
        failure is { Kind: FailureKind.TargetUnreachable or FailureKind.TimedOut } or { Kind: FailureKind.CommandFailed, ExitCode: 255 };

    /// <summary>Whether the source is a served host that has not served any target yet, while a given source can still be tried for the target.</summary>
    private bool IsStranger(Source source, Target target) =>
        source is { IsFirst: false, HasServed: false } && state.Pool.LiveFirst.Any(s => !target.FailedFrom.Contains(s.Name));

    /// <summary>
    /// Handles a served host that could not log in to the target. In most cases only the given sources can log in to the other
    /// hosts. The served host is therefore suspected at once, and a given source is tried for the target.
    /// </summary>
    private void Distrust(RunningTransfer running, Failure failure, DateTimeOffset now)
    {
        var (source, target) = (running.Source, running.Target);
        target.WantsFirstSource = true;
        EmitFailed(running, failure, counted: false, retryAt: now, now);
        if (source.State == SourceState.Open)
        {
            state.Move(source, SourceState.Suspected);
            state.Emit(new SourceSetAside(now, source.Name, failure, null));
        }

        target.Failures--;
        target.Accused.Add(source);
        source.Accusers.Add(target);
        Requeue(target);
        state.CloseIfDone(source);
        if (!state.OnlyFirstServe && !_servedHaveServed && ++_strangers >= StrangersSeen) LeaveToFirst(failure, now);
    }

    private void LeaveToFirst(Failure failure, DateTimeOffset now)
    {
        state.OnlyFirstServe = true;
        foreach (var candidate in state.Pool.ServedCandidates.ToList()) state.Move(candidate, SourceState.Retired);
        state.Emit(new ServedCannotServe(now, failure));
    }

    /// <summary>
    /// Counts the failed targets that are evidence against the source. A target that has failed from several suspected sources is
    /// more likely at fault itself and is not counted.
    /// </summary>
    private static int Witnesses(Source source) => source.FailedTargets.Count(t => t.Excuses < Target.MostExcuses);

    private void Suspect(Source source, Target last, Failure failure, DateTimeOffset now)
    {
        state.Move(source, SourceState.Suspected);
        string count = Witnesses(source).ToString();
        state.Emit(new SourceSetAside(now, source.Name,
            failure with { Message = $"it failed {count} different targets in a row, the last with: {failure.Message}" }, null));
        foreach (var target in source.FailedTargets.OrderBy(t => t.Name).ToList())
        {
            if (target.Excuses >= Target.MostExcuses) continue;
            target.Excuses++;
            target.Failures--;
            target.Accused.Add(source);
            source.Accusers.Add(target);
            if (target == last || target.State != TargetState.Failed) continue;
            state.Emit(new TargetRequeued(now, target.Name, source.Name));
            Requeue(target);
        }

        state.CloseIfDone(source);
    }

    /// <summary>Drops a target's accusations against earlier sources, now that the target has failed from another source too.</summary>
    private void Acquit(Target target, Source failedNow, DateTimeOffset now)
    {
        foreach (var accused in target.Accused.Where(s => s != failedNow).ToList())
        {
            target.Accused.Remove(accused);
            if (accused.Accusers.Remove(target) && accused.Accusers.Count == 0) Restore(accused, now);
        }
    }

    private void Requeue(Target target)
    {
        target.State = TargetState.Waiting;
        state.Retries.Enqueue(target);
    }

    private void Postpone(Target target, DateTimeOffset until)
    {
        target.State = TargetState.Waiting;
        state.Wait(target, until);
    }

    private void GiveUp(Target target, Failure failure, DateTimeOffset now)
    {
        target.State = TargetState.Failed;
        state.Emit(new TargetFailed(now, target.Name, target.LastSource, target.Attempts, now - state.Started, failure));
    }

    private TimeSpan RetryDelay(int failures)
    {
        double factor = Math.Pow(2, Math.Min(failures - 1, 20));
        var delay = state.Policy.RetryDelay * factor;
        return delay < state.Policy.LongestRetryDelay ? delay : state.Policy.LongestRetryDelay;
    }

    private void EmitFailed(RunningTransfer running, Failure failure, bool counted, DateTimeOffset? retryAt, DateTimeOffset now) =>
        state.Emit(new TransferFailed(now, running.Transfer.Id, running.Source.Name, running.Target.Name,
            running.Transfer.Attempt, now - running.Started, failure, counted, retryAt));
}
