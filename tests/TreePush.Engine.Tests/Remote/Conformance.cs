namespace TreePush.Engine.Tests.Remote;

// Each driver passes all of it.
public sealed class LocalHostTests(LocalPlace place) : RemoteHostConformance(place), IClassFixture<LocalPlace>;

public sealed class SharedSshHostTests(SharedSshPlace place) : RemoteHostConformance(place), IClassFixture<SharedSshPlace>;

public sealed class UnsharedSshHostTests(UnsharedSshPlace place) : RemoteHostConformance(place), IClassFixture<UnsharedSshPlace>;

public sealed class LocalKillTests(LocalPlace place) : KillConformance(place), IClassFixture<LocalPlace>;

public sealed class SharedSshKillTests(SharedSshPlace place) : KillConformance(place), IClassFixture<SharedSshPlace>;

public sealed class UnsharedSshKillTests(UnsharedSshPlace place) : KillConformance(place), IClassFixture<UnsharedSshPlace>;

public sealed class LocalCopyInTests(LocalPlace place) : CopyInConformance(place), IClassFixture<LocalPlace>;

public sealed class SharedSshCopyInTests(SharedSshPlace place) : CopyInConformance(place), IClassFixture<SharedSshPlace>;

public sealed class UnsharedSshCopyInTests(UnsharedSshPlace place) : CopyInConformance(place), IClassFixture<UnsharedSshPlace>;

public sealed class LocalProgramTests(LocalPlace place) : ProgramConformance(place), IClassFixture<LocalPlace>;

public sealed class SharedSshProgramTests(SharedSshPlace place) : ProgramConformance(place), IClassFixture<SharedSshPlace>;

public sealed class UnsharedSshProgramTests(UnsharedSshPlace place) : ProgramConformance(place), IClassFixture<UnsharedSshPlace>;

public sealed class LocalForwardTests(LocalPlace place) : ForwardConformance(place), IClassFixture<LocalPlace>;

public sealed class SharedSshForwardTests(SharedSshPlace place) : ForwardConformance(place), IClassFixture<SharedSshPlace>;

public sealed class UnsharedSshForwardTests(UnsharedSshPlace place) : ForwardConformance(place), IClassFixture<UnsharedSshPlace>;

public sealed class BuiltinSshHostTests(BuiltinSshPlace place) : RemoteHostConformance(place), IClassFixture<BuiltinSshPlace>;

public sealed class UnsharedBuiltinSshHostTests(UnsharedBuiltinSshPlace place) : RemoteHostConformance(place), IClassFixture<UnsharedBuiltinSshPlace>;

public sealed class BuiltinSshKillTests(BuiltinSshPlace place) : KillConformance(place), IClassFixture<BuiltinSshPlace>;

public sealed class UnsharedBuiltinSshKillTests(UnsharedBuiltinSshPlace place) : KillConformance(place), IClassFixture<UnsharedBuiltinSshPlace>;

public sealed class BuiltinSshCopyInTests(BuiltinSshPlace place) : CopyInConformance(place), IClassFixture<BuiltinSshPlace>;

public sealed class UnsharedBuiltinSshCopyInTests(UnsharedBuiltinSshPlace place) : CopyInConformance(place), IClassFixture<UnsharedBuiltinSshPlace>;

public sealed class BuiltinSshProgramTests(BuiltinSshPlace place) : ProgramConformance(place), IClassFixture<BuiltinSshPlace>;

public sealed class UnsharedBuiltinSshProgramTests(UnsharedBuiltinSshPlace place) : ProgramConformance(place), IClassFixture<UnsharedBuiltinSshPlace>;

public sealed class BuiltinSshForwardTests(BuiltinSshPlace place) : ForwardConformance(place), IClassFixture<BuiltinSshPlace>;

public sealed class UnsharedBuiltinSshForwardTests(UnsharedBuiltinSshPlace place) : ForwardConformance(place), IClassFixture<UnsharedBuiltinSshPlace>;

public sealed class PooledSshHostTests(PooledSshPlace place) : RemoteHostConformance(place), IClassFixture<PooledSshPlace>;

public sealed class PooledSshKillTests(PooledSshPlace place) : KillConformance(place), IClassFixture<PooledSshPlace>;

public sealed class PooledSshCopyInTests(PooledSshPlace place) : CopyInConformance(place), IClassFixture<PooledSshPlace>;

public sealed class PooledSshProgramTests(PooledSshPlace place) : ProgramConformance(place), IClassFixture<PooledSshPlace>;

public sealed class PooledSshForwardTests(PooledSshPlace place) : ForwardConformance(place), IClassFixture<PooledSshPlace>;

public sealed class PooledBuiltinSshHostTests(PooledBuiltinSshPlace place) : RemoteHostConformance(place), IClassFixture<PooledBuiltinSshPlace>;

public sealed class PooledBuiltinSshKillTests(PooledBuiltinSshPlace place) : KillConformance(place), IClassFixture<PooledBuiltinSshPlace>;

public sealed class PooledBuiltinSshCopyInTests(PooledBuiltinSshPlace place) : CopyInConformance(place), IClassFixture<PooledBuiltinSshPlace>;

public sealed class PooledBuiltinSshProgramTests(PooledBuiltinSshPlace place) : ProgramConformance(place), IClassFixture<PooledBuiltinSshPlace>;

public sealed class PooledBuiltinSshForwardTests(PooledBuiltinSshPlace place) : ForwardConformance(place), IClassFixture<PooledBuiltinSshPlace>;
