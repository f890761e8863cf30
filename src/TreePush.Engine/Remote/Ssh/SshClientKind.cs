using System.Text.Json.Serialization;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>Which ssh client reaches the hosts (<c>--ssh-client</c>).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SshClientKind>))]
public enum SshClientKind
{
    /// <summary>OpenSSH if it is installed and can take the password, otherwise the builtin client.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>The OpenSSH client: everything in ssh_config works.</summary>
    [JsonStringEnumMemberName("openssh")]
    OpenSsh,

    /// <summary>The builtin client: no ssh program is needed.</summary>
    [JsonStringEnumMemberName("builtin")]
    Builtin,
}
