namespace TreePush.Testing;

/// <summary>A test that needs a real FTP server: skipped, with what the machine lacks for one, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FtpFactAttribute : FactAttribute
{
    public FtpFactAttribute() => Skip = FtpServer.MissingRequirement() ?? Needs.MissingOf("curl");
}
