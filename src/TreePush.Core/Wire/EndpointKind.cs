namespace TreePush.Core.Wire;

/// <summary>What the text of an <see cref="Endpoint"/> is.</summary>
public enum EndpointKind : byte
{
    /// <summary>An IP address in numbers: all that another relay may have named.</summary>
    Address = 0,

    /// <summary>A host name or address that the user named: it is looked up.</summary>
    Name = 1,

    /// <summary>The path of a Unix socket that the controller made on the child's own machine; the port means nothing.</summary>
    Socket = 2,
}
