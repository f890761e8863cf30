namespace TreePush.Engine.Remote;

/// <summary>Runs a program here from its start to its end.</summary>
internal static class ChildRun
{
    /// <param name="input">All that it can read from standard input.</param>
    /// <param name="output">Told each line that it prints, one at a time.</param>
    /// <param name="ct">Ends the program, with all that it started.</param>
    /// <returns>Its exit status, 128 + n if signal n ended it. What it started and left running is ended.</returns>
    /// <exception cref="RemoteException">The program could not be started.</exception>
    public static async Task<int?> RunAsync(ChildPlan plan, ReadOnlyMemory<byte> input, Action<OutputLine> output, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var child = ChildProgram.Start(plan);
        var reading = child.ReadLinesAsync(output, CancellationToken.None);
        var ended = child.EndAsync(reading);
        var feeding = FeedAsync(child, input);
        try
        {
            int? status = await ended.WaitAsync(ct);
            // Who still holds the output was started by the program and outlives it.
            if (!reading.IsCompleted) child.KillGroup();
            return status;
        }
        finally
        {
            await child.StopAsync(ended, TimeSpan.Zero);
            await feeding;
        }
    }

    private static async Task FeedAsync(ChildProgram child, ReadOnlyMemory<byte> input)
    {
        try
        {
            await child.Input.WriteAsync(input, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The program ended without reading all of it.
        }

        child.CloseInput();
    }
}
