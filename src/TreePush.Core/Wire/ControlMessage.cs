using TreePush.Core.Manifests;
using TreePush.Core.Syncing;

namespace TreePush.Core.Wire;

/// <summary>The messages between controller and relay, over the relay's standard streams.</summary>
public abstract record ControlMessage
{
    private ControlMessage() { }

    /// <summary>The first message to a relay: its role and its options.</summary>
    /// <param name="Run">The run's id, as in the ledger's signatures.</param>
    /// <param name="Path">SRC or DEST on this host.</param>
    /// <param name="Secret">The secret from which the tokens for links to this relay are made.</param>
    public sealed record Start(RelayRole Role, byte[] Run, string Path, byte[] Secret) : ControlMessage
    {
        /// <summary>The size of a run's id on the wire, in bytes.</summary>
        public const int RunSize = 16;

        public RelayOptions Options { get; init; } = new();
    }

    /// <summary>Become the child of another relay.</summary>
    /// <param name="Link">The link's number, new for each link.</param>
    /// <param name="Endpoints">The addresses of the parent, tried in this order.</param>
    /// <param name="ParentKey">The parent's public key (SubjectPublicKeyInfo). The parent's certificate must have this key.</param>
    /// <param name="Token">The proof for the parent that the controller wants this link.</param>
    /// <param name="Signers">The public keys of the ledger's writers, in the order in which they write.</param>
    public sealed record Attach(int Link, IReadOnlyList<Endpoint> Endpoints, byte[] ParentKey, byte[] Token, IReadOnlyList<byte[]> Signers) : ControlMessage
    {
        /// <summary>The location of SRC, so that a DEST inside it is noticed.</summary>
        public required TreePlace Source { get; init; }
    }

    /// <summary>Hosts want these entries. Their pieces must be hashed, whichever host serves them.</summary>
    public sealed record Want(IReadOnlyList<PieceRange> Entries) : ControlMessage;

    /// <summary>Continue the ledger, because its writer is lost.</summary>
    /// <param name="Wanted">All entries that hosts have wanted so far.</param>
    /// <param name="Signers">The keys of the ledger's writers so far; this relay's own key is the last.</param>
    public sealed record Promote(IReadOnlyList<PieceRange> Wanted, IReadOnlyList<byte[]> Signers) : ControlMessage;

    /// <summary>The keys of the ledger's writers, in the order in which they write. There is one more than before.</summary>
    public sealed record Trust(IReadOnlyList<byte[]> Signers) : ControlMessage;

    /// <summary>A heartbeat.</summary>
    public sealed record Alive : ControlMessage;

    /// <summary>The relay listens for children.</summary>
    /// <param name="Addresses">The addresses of the relay's network interfaces.</param>
    /// <param name="Key">The relay's public key (SubjectPublicKeyInfo), made for this run.</param>
    public sealed record Ready(int Port, byte[] Key, IReadOnlyList<string> Addresses, TreePlace Tree) : ControlMessage;

    /// <summary>The source has listed its tree.</summary>
    public sealed record SourceScanned(int Entries, long Bytes) : ControlMessage
    {
        /// <summary>The number of paths that are not copied: sockets, pipes, devices, temporaries of other runs, and what is below mount points.</summary>
        public int Skipped { get; init; }

        /// <summary>The number of paths that could not be listed or examined. If there are any, the listing is incomplete and nothing is deleted.</summary>
        public int Unread { get; init; }
    }

    public sealed record Linked(int Link) : ControlMessage;

    public sealed record LinkLost(int Link, LinkFault Fault, string Message) : ControlMessage;

    /// <summary>The relay knows what it needs.</summary>
    public sealed record Scanned(Need Need) : ControlMessage
    {
        /// <summary>Whether the source could list its whole tree. If not, the host will not have everything, and nothing is deleted.</summary>
        public bool IsWhole { get; init; } = true;
    }

    /// <summary>The progress of the relay and its children.</summary>
    public sealed record Progress(long Have, long Needed, long Received, IReadOnlyList<LinkProgress> Children) : ControlMessage
    {
        /// <summary>When the report was made, in milliseconds since the relay's start.</summary>
        public int At { get; init; }

        /// <summary>How fast content arrives from the parent while it arrives, in bytes per second; 0 while unknown.</summary>
        public long Burst { get; init; }

        /// <summary>The number of ledger pages on this host, of all signers together.</summary>
        public long Pages { get; init; }

        /// <summary>The age of the oldest file system call that has not returned, in milliseconds; 0 if it is less than a second.</summary>
        public int Stalled { get; init; }
    }

    public sealed record Delivered(Receipt Receipt) : ControlMessage;

    /// <param name="CanServe">Whether the relay can still serve what it has.</param>
    public sealed record Failed(RelayFault Fault, bool CanServe, string Message) : ControlMessage;

    /// <summary>
    /// The entries whose content this host lacks or must check. The controller forwards them to the source, without those that
    /// other hosts asked for already.
    /// </summary>
    public sealed record Wants(IReadOnlyList<PieceRange> Entries) : ControlMessage;

    /// <summary>The relay can't store some content, so it will never have everything that a child may need. It continues for itself.</summary>
    /// <param name="Message">What the relay can't store.</param>
    public sealed record Lacking(string Message) : ControlMessage;

    /// <summary>Another relay of this run works on the same host and the same path. This relay leaves the work to it.</summary>
    /// <param name="Key">The other relay's public key.</param>
    public sealed record Duplicate(byte[] Key) : ControlMessage;

    /// <summary>Something about a file that a person should know.</summary>
    /// <param name="Path">The path, escaped for display; empty if the warning is not about one path.</param>
    public sealed record FileWarning(string Path, string Message) : ControlMessage;
}
