using TreePush.Testing;

namespace TreePush.Cli.Tests.EndToEnd.Dispatching;

public sealed class FourDispatchHosts() : SharedFleet(new FleetOptions { Hosts = 4 });
