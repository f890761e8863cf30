namespace TreePush.Relay.Files;

/// <summary>A call on one path failed. The path is unchanged.</summary>
internal sealed class FileFaultException(FileFault fault) : Exception(fault.ToString())
{
    public FileFault Fault { get; } = fault;

    /// <returns>The result, if it is not an error.</returns>
    /// <exception cref="FileFaultException">The result is a negated error number.</exception>
    public static int ThrowIfError(int result, RelativePath path, string attempt) =>
        result >= 0 ? result : throw new FileFaultException(FileFault.Of(path, attempt, -result));
}
