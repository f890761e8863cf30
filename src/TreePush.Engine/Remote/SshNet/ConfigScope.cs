namespace TreePush.Engine.Remote.SshNet;

/// <summary>Whether the lines of a block in ssh_config apply to a host.</summary>
internal enum ConfigScope
{
    /// <summary>They apply.</summary>
    Inside,

    /// <summary>They are in a Match block, whose conditions this client does not evaluate.</summary>
    Uncertain,

    /// <summary>They do not apply.</summary>
    Outside,
}
