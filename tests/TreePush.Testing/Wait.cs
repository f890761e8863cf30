using System.Diagnostics;

namespace TreePush.Testing;

/// <summary>Waiting for a thing that nobody announces: it is looked at again and again until a deadline.</summary>
public static class Wait
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">It did not come true; the message has the <paramref name="situation"/>.</exception>
    public static Task UntilAsync(
        Func<bool> condition, TimeSpan timeout, Func<string> situation, CancellationToken cancellationToken = default) =>
        UntilAsync(() => Task.FromResult(condition()), timeout, situation, cancellationToken);

    /// <inheritdoc cref="UntilAsync(Func{bool}, TimeSpan, Func{string}, CancellationToken)"/>
    public static async Task UntilAsync(
        Func<Task<bool>> condition, TimeSpan timeout, Func<string> situation, CancellationToken cancellationToken = default)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > timeout)
                throw new TimeoutException($"Waited {timeout.TotalSeconds:0.#} s in vain: {situation()}");
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
