using static TreePush.Core.Dispatching.PackageState;
using static TreePush.Core.Dispatching.PackageStep;

namespace TreePush.Core.Dispatching;

/// <summary>
/// The life of a package at a host: the only place that says what may follow what. docs/dispatch.md has the same table.
/// An install is never started from <see cref="Installing"/> or <see cref="Unknown"/> without a person's word, so that no
/// package is installed twice.
/// </summary>
public static class PackageTransitions
{
    /// <returns>The next state; null if the step can't follow the state.</returns>
    public static PackageState? Next(PackageState state, PackageStep step) => (state, step) switch
    {
        (Seen, Arrive) => Arrived,
        (Arrived, StartDelivery) => Delivering,
        // The dispatcher that began the delivery is gone. To deliver again is harmless.
        (Delivering, StartDelivery) => Delivering,
        (Delivering, EndDelivery) => Delivered,
        (Arrived or Delivering, Postpone) => Arrived,
        (Delivered, StartInstall) => Installing,
        (Installing, PostponeInstall) => Delivered,
        (Installing, EndInstall) => Installed,
        (Installing, LoseInstall) => Unknown,
        (Arrived or Delivering or Delivered or Installing, GiveUp) => Failed,
        (Arrived or Delivering or Failed, Retry) => Arrived,
        (Failed or Unknown, RetryInstall) => Delivered,
        (Failed or Unknown, MarkInstalled) => Installed,
        _ => null,
    };

    /// <summary>Whether nothing more happens by itself.</summary>
    /// <param name="installs">Whether the package's rule has an install command.</param>
    public static bool IsFinal(PackageState state, bool installs) => state is Installed or Failed or Unknown || (state == Delivered && !installs);
}
