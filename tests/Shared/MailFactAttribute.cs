namespace TreePush.Testing;

/// <summary>A test that needs a real mail server: skipped, with what the machine lacks for one, where there can be none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class MailFactAttribute : FactAttribute
{
    public MailFactAttribute() => Skip = MailServer.MissingRequirement();
}
