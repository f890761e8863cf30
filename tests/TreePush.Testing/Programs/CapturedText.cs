using System.Runtime.CompilerServices;
using System.Text;

namespace TreePush.Testing;

/// <summary>What a program has printed on one stream so far, and whatever is still to come.</summary>
public sealed class CapturedText
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _changed = NewSignal();
    private bool _complete;

    public string Text => After(0).Text;

    /// <summary>Every line from the first on, however late one begins to read; ends with the stream.</summary>
    public async IAsyncEnumerable<string> LinesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var position = 0;
        while (true)
        {
            var (text, complete, changed) = After(position);
            var end = text.IndexOf('\n', StringComparison.Ordinal);
            if (end >= 0)
            {
                position += end + 1;
                yield return text[..end].TrimEnd('\r');
            }
            else if (complete)
            {
                if (text.Length > 0)
                    yield return text;
                yield break;
            }
            else
                await changed.WaitAsync(cancellationToken);
        }
    }

    /// <exception cref="TimeoutException">It was not printed in time.</exception>
    /// <exception cref="InvalidOperationException">The stream ended without it.</exception>
    public async Task WaitForAsync(string wanted, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        while (true)
        {
            var (text, complete, changed) = After(0);
            if (text.Contains(wanted, StringComparison.Ordinal))
                return;
            if (complete)
                throw new InvalidOperationException($"The output ended without \"{wanted}\":\n{text}");
            try
            {
                await changed.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"\"{wanted}\" was not printed within {timeout.TotalSeconds:0.#} s:\n{text}");
            }
        }
    }

    internal async Task CaptureAsync(StreamReader stream, CancellationToken cancellationToken)
    {
        var buffer = new char[4096];
        try
        {
            int count;
            while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
                Change(() => _text.Append(buffer, 0, count));
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Nobody listens any more, though something that the program left behind may still print.
        }
        finally
        {
            Change(() => _complete = true);
        }
    }

    private (string Text, bool Complete, Task Changed) After(int position)
    {
        lock (_gate)
            return (_text.ToString(position, _text.Length - position), _complete, _changed.Task);
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
