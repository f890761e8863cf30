namespace TreePush.Core.Dispatching;

/// <summary>How the delivery of a package to a host ended.</summary>
/// <param name="Folder">The full path of the folder at the host.</param>
/// <param name="Path">The full path of the file at the host.</param>
/// <param name="Proof">How the copy was verified: <c>receipt</c>, <c>sha256</c> or <c>size</c>.</param>
/// <param name="Failure">Null if the package was delivered.</param>
public sealed record DeliveryOutcome(string Folder, string Path, string Proof, Failure? Failure);
