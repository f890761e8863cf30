using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Dispatching.Delivering;

/// <summary>Outcomes of deliveries that failed. The folder is as the rule has it: what it is at the host may not be known.</summary>
internal static class DeliveryFailure
{
    public static DeliveryOutcome Of(StagedPackage package, string folder, Failure failure) => new(folder, PathIn(folder, package.Name), "", failure);

    /// <summary>The package's own copy can't be read.</summary>
    public static DeliveryOutcome OfStaging(StagedPackage package, string folder, Exception e) => Of(package, folder,
        new Failure(FailureKind.ControllerFault, $"the staged copy of {DisplayText.Line(package.Name, 200)} can't be read: {DisplayText.Line(e.Message, 200)}"));

    public static string PathIn(string folder, string name) => folder.Length == 0 || folder.EndsWith('/') ? folder + name : $"{folder}/{name}";
}
