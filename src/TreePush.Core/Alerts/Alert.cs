using System.Text;

namespace TreePush.Core.Alerts;

/// <summary>Enough errors have come together that a person is to be told.</summary>
/// <param name="Subject">One line, fit for display.</param>
/// <param name="Count">How many errors there were.</param>
/// <param name="Errors">The last of them, oldest first.</param>
public sealed record Alert(string Subject, DateTimeOffset Time, int Count, IReadOnlyList<AlertError> Errors)
{
    /// <summary>How many errors came before those that are told.</summary>
    public int Omitted => Count - Errors.Count;

    /// <summary>The alert as lines of text: the subject, how many errors are left out, and the errors.</summary>
    public string Text
    {
        get
        {
            var text = new StringBuilder().Append(Subject).Append("\n\n");
            if (Omitted > 0) text.Append(Omitted).Append(" errors came before these:\n");
            foreach (var error in Errors) text.Append(error).Append('\n');
            return text.ToString();
        }
    }
}
