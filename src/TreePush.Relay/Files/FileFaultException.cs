namespace TreePush.Relay.Files;

/// <summary>One call on one path failed; what the call was about is as it was before.</summary>
internal sealed class FileFaultException(FileFault fault) : Exception(fault.ToString())
{
    public FileFault Fault { get; } = fault;

    /// <returns>The result of a call, which was no error.</returns>
    /// <exception cref="FileFaultException">The result is a negated error number.</exception>
    public static int ThrowIfError(int result, RelativePath path, string attempt) =>
        result >= 0 ? result : throw new FileFaultException(FileFault.Of(path, attempt, -result));
}
