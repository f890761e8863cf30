using TreePush.Core.Syncing;

namespace TreePush.Relay.Links;

/// <summary>A link failed. The message says why, for people.</summary>
internal sealed class LinkException(LinkFault fault, string message) : Exception(message)
{
    public LinkFault Fault { get; } = fault;
}
