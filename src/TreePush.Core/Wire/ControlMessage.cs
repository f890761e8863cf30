using TreePush.Core.Manifests;
using TreePush.Core.Syncing;

namespace TreePush.Core.Wire;

/// <summary>What controller and relay tell each other over the relay's standard streams.</summary>
public abstract record ControlMessage
{
    private ControlMessage() { }

    /// <summary>The first message to a relay: what it is for.</summary>
    /// <param name="Run">The run, as the ledger's signatures have it.</param>
    /// <param name="Path">SRC or DEST on this host.</param>
    /// <param name="Secret">What tokens for links to this relay are made with.</param>
    public sealed record Start(RelayRole Role, byte[] Run, string Path, byte[] Secret) : ControlMessage
    {
        /// <summary>The bytes of a run's name on the wire.</summary>
        public const int RunSize = 16;

        public RelayOptions Options { get; init; } = new();
    }

    /// <summary>Become the child of another relay.</summary>
    /// <param name="Link">The link's number, new for each.</param>
    /// <param name="Endpoints">Where the parent may be found, tried in this order.</param>
    /// <param name="ParentKey">The parent's public key (SubjectPublicKeyInfo): its certificate has no other.</param>
    /// <param name="Token">Shows the parent that this link is wanted.</param>
    /// <param name="Signers">The public keys of those who write the ledger, in the order in which they do.</param>
    public sealed record Attach(int Link, IReadOnlyList<Endpoint> Endpoints, byte[] ParentKey, byte[] Token, IReadOnlyList<byte[]> Signers) : ControlMessage
    {
        /// <summary>Where SRC is, so that a DEST inside it is noticed.</summary>
        public required TreePlace Source { get; init; }
    }

    /// <summary>Hosts want these entries: their pieces must be hashed, whoever serves them.</summary>
    public sealed record Want(IReadOnlyList<PieceRange> Entries) : ControlMessage;

    /// <summary>Go on with the ledger: whoever wrote it is gone.</summary>
    /// <param name="Wanted">All entries that hosts have wanted so far.</param>
    /// <param name="Signers">The keys so far; this relay's own is the last.</param>
    public sealed record Promote(IReadOnlyList<PieceRange> Wanted, IReadOnlyList<byte[]> Signers) : ControlMessage;

    /// <summary>Those who write the ledger, in the order in which they do: one more than before.</summary>
    public sealed record Trust(IReadOnlyList<byte[]> Signers) : ControlMessage;

    /// <summary>A sign of life.</summary>
    public sealed record Alive : ControlMessage;

    /// <summary>The relay listens.</summary>
    /// <param name="Addresses">Those of its own interfaces.</param>
    /// <param name="Key">Its public key (SubjectPublicKeyInfo), made for this run.</param>
    public sealed record Ready(int Port, byte[] Key, IReadOnlyList<string> Addresses, TreePlace Tree) : ControlMessage;

    /// <summary>The source has listed its tree.</summary>
    public sealed record SourceScanned(int Entries, long Bytes) : ControlMessage
    {
        /// <summary>What it has and does not bring: sockets, pipes, devices, other runs' temporaries, what is below mount points.</summary>
        public int Skipped { get; init; }

        /// <summary>What it could not list or look at. If there is any, the listing is not whole and nothing is deleted.</summary>
        public int Unread { get; init; }
    }

    public sealed record Linked(int Link) : ControlMessage;

    public sealed record LinkLost(int Link, LinkFault Fault, string Message) : ControlMessage;

    /// <summary>The relay knows what it needs.</summary>
    public sealed record Scanned(Need Need) : ControlMessage
    {
        /// <summary>Whether the source could list everything; if not, the host will not have all, and nothing is deleted.</summary>
        public bool IsWhole { get; init; } = true;
    }

    /// <summary>How the relay and its children fare.</summary>
    public sealed record Progress(long Have, long Needed, long Received, IReadOnlyList<LinkProgress> Children) : ControlMessage
    {
        /// <summary>When it was so, in milliseconds from the relay's start.</summary>
        public int At { get; init; }

        /// <summary>How fast content comes over the link from its parent while it comes, in bytes a second; 0 while that is not known.</summary>
        public long Burst { get; init; }

        /// <summary>How many pages of the ledger are here, of all signers together.</summary>
        public long Pages { get; init; }

        /// <summary>The age of the oldest file system call that has not returned, in milliseconds; 0 where that is less than a second.</summary>
        public int Stalled { get; init; }
    }

    public sealed record Delivered(Receipt Receipt) : ControlMessage;

    /// <param name="CanServe">Whether what it has is still good for others.</param>
    public sealed record Failed(RelayFault Fault, bool CanServe, string Message) : ControlMessage;

    /// <summary>Entries whose content this host lacks, or must check: asked of the source, should nobody else ask.</summary>
    public sealed record Wants(IReadOnlyList<PieceRange> Entries) : ControlMessage;

    /// <summary>The relay can't keep some content at all, so that it will never have everything that a child may need. It goes on for itself.</summary>
    /// <param name="Message">What it can't keep.</param>
    public sealed record Lacking(string Message) : ControlMessage;

    /// <summary>Another relay of this run is on the same host and at the same path: this one leaves the work to it.</summary>
    /// <param name="Key">The other's public key.</param>
    public sealed record Duplicate(byte[] Key) : ControlMessage;

    /// <summary>Something about a file that a person should know.</summary>
    /// <param name="Path">Fit for display; empty where it is about none.</param>
    public sealed record FileWarning(string Path, string Message) : ControlMessage;
}
