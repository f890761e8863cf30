using System.Text.Json.Serialization;

namespace TreePush.Core.Dispatching;

/// <summary>
/// What happened to packages. The journal of a dispatcher is made of these, and <c>--json</c> prints them; names and fields
/// are public (docs/events.md).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(PackageSeen), "package_seen")]
[JsonDerivedType(typeof(PackageArrived), "package_arrived")]
[JsonDerivedType(typeof(PackageRefused), "package_refused")]
[JsonDerivedType(typeof(PackageRepeated), "package_repeated")]
[JsonDerivedType(typeof(DeliveryStarted), "delivery_started")]
[JsonDerivedType(typeof(PackageDelivered), "package_delivered")]
[JsonDerivedType(typeof(DeliveryPostponed), "delivery_postponed")]
[JsonDerivedType(typeof(InstallStarted), "install_started")]
[JsonDerivedType(typeof(InstallPostponed), "install_postponed")]
[JsonDerivedType(typeof(PackageInstalled), "package_installed")]
[JsonDerivedType(typeof(InstallUnknown), "install_unknown")]
[JsonDerivedType(typeof(PackageFailed), "package_failed")]
[JsonDerivedType(typeof(RetryAsked), "retry_asked")]
[JsonDerivedType(typeof(PackageForgotten), "package_forgotten")]
public abstract record DispatchEvent([property: JsonPropertyOrder(-2)] DateTimeOffset Time);

/// <summary>A file was named on the command line, or stands still in the watched folder, and is about to be read.</summary>
/// <param name="Path">The full path.</param>
public sealed record PackageSeen(DateTimeOffset Time, string Path) : DispatchEvent(Time);

/// <summary>A file is complete, matches a rule, and a private copy of it exists.</summary>
/// <param name="Package">The package's id, made of its name and its content.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Folder">The folder at each host, with the time filled in.</param>
/// <param name="Hosts">The hosts that the rule names.</param>
/// <param name="Installs">Whether the rule has an install command.</param>
public sealed record PackageArrived(
    DateTimeOffset Time, string Package, string Name, string Path, long Size, string Sha256, string Rule, string Folder, IReadOnlyList<HostName> Hosts, bool Installs)
    : DispatchEvent(Time);

/// <summary>A file can't become a package: no rule matches it, or it can't be read.</summary>
public sealed record PackageRefused(DateTimeOffset Time, string Path, string Reason, string? Hint) : DispatchEvent(Time);

/// <summary>The same name with the same content arrived again. Only hosts at which it failed are tried again.</summary>
public sealed record PackageRepeated(DateTimeOffset Time, string Package, string Path) : DispatchEvent(Time);

/// <summary>What happened to a package at one of its hosts.</summary>
public abstract record HostStep(
    DateTimeOffset Time, [property: JsonPropertyOrder(-1)] string Package, [property: JsonPropertyOrder(-1)] HostName Host) : DispatchEvent(Time)
{
    /// <summary>The step in the package's life.</summary>
    [JsonIgnore]
    public abstract PackageStep Step { get; }
}

/// <param name="Attempt">From 1.</param>
public sealed record DeliveryStarted(DateTimeOffset Time, string Package, HostName Host, int Attempt) : HostStep(Time, Package, Host)
{
    [JsonIgnore]
    public override PackageStep Step => PackageStep.StartDelivery;
}

/// <summary>The host has the package, and the copy was verified.</summary>
/// <param name="Folder">The full path of the folder at the host.</param>
/// <param name="File">The full path of the file at the host.</param>
/// <param name="Proof">How the copy was verified: <c>receipt</c>, <c>sha256</c> or <c>size</c>.</param>
public sealed record PackageDelivered(DateTimeOffset Time, string Package, HostName Host, string Folder, string File, string Proof) : HostStep(Time, Package, Host)
{
    [JsonIgnore]
    public override PackageStep Step => PackageStep.EndDelivery;
}

/// <summary>A delivery failed, and is tried again.</summary>
/// <param name="Until">The time of the next attempt.</param>
public sealed record DeliveryPostponed(DateTimeOffset Time, string Package, HostName Host, DateTimeOffset Until, Failure Failure) : HostStep(Time, Package, Host)
{
    [JsonIgnore]
    public override PackageStep Step => PackageStep.Postpone;
}

/// <summary>The install command is about to be started.</summary>
public sealed record InstallStarted(DateTimeOffset Time, string Package, HostName Host) : HostStep(Time, Package, Host)
{
    [JsonIgnore]
    public override PackageStep Step => PackageStep.StartInstall;
}

/// <summary>The host could not be reached to run the install command, which has not started. It is tried again.</summary>
public sealed record InstallPostponed(DateTimeOffset Time, string Package, HostName Host, DateTimeOffset Until, Failure Failure) : HostStep(Time, Package, Host)
{
    [JsonIgnore]
    public override PackageStep Step => PackageStep.PostponeInstall;
}

/// <summary>The install command ended with status 0, or a person said that the package is installed.</summary>
public sealed record PackageInstalled(DateTimeOffset Time, string Package, HostName Host) : HostStep(Time, Package, Host)
{
    /// <summary>A person said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ByHand { get; init; }

    [JsonIgnore]
    public override PackageStep Step => ByHand ? PackageStep.MarkInstalled : PackageStep.EndInstall;
}

/// <summary>The connection or the dispatcher was lost while the install command ran. Nobody knows whether the package is installed.</summary>
public sealed record InstallUnknown(DateTimeOffset Time, string Package, HostName Host, Failure Failure) : HostStep(Time, Package, Host)
{
    [JsonIgnore]
    public override PackageStep Step => PackageStep.LoseInstall;
}

/// <summary>The package is given up at this host.</summary>
public sealed record PackageFailed(DateTimeOffset Time, string Package, HostName Host, Failure Failure) : HostStep(Time, Package, Host)
{
    [JsonIgnore]
    public override PackageStep Step => PackageStep.GiveUp;
}

/// <summary>A person asked for another attempt.</summary>
/// <param name="Install">The install command may be run, though it may have run before.</param>
public sealed record RetryAsked(DateTimeOffset Time, string Package, HostName Host, bool Install) : HostStep(Time, Package, Host)
{
    [JsonIgnore]
    public override PackageStep Step => Install ? PackageStep.RetryInstall : PackageStep.Retry;
}

/// <summary>A person had a package, or a refused file, removed from the journal.</summary>
/// <param name="Package">The id of the package, or the path of the refused file.</param>
public sealed record PackageForgotten(DateTimeOffset Time, string Package) : DispatchEvent(Time);
