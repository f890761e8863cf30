using System.Text.Json.Serialization;

namespace TreePush.Engine.Remote.Ssh;

/// <summary>Which ssh client reaches the hosts (<c>--ssh-client</c>).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SshClientKind>))]
public enum SshClientKind
{
    /// <summary>OpenSSH's, where there is one.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,

    /// <summary>OpenSSH's: everything in ssh_config works.</summary>
    [JsonStringEnumMemberName("openssh")]
    OpenSsh,

    /// <summary>The one that is built in: no program is needed.</summary>
    [JsonStringEnumMemberName("builtin")]
    Builtin,
}
