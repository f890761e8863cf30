namespace TreePush.Core.Wire;

/// <summary>What the text of an <see cref="Endpoint"/> is.</summary>
public enum EndpointKind : byte
{
    /// <summary>A numeric IP address. Other relays may name only such addresses.</summary>
    Address = 0,

    /// <summary>A host name or address that the user named. It is looked up.</summary>
    Name = 1,

    /// <summary>The path of a Unix socket that the controller made on the child's own machine; the port is not used.</summary>
    Socket = 2,
}
