using System.Runtime.InteropServices;
using System.Text;
using TreePush.Relay.Files.Native;

namespace TreePush.Relay.Files;

/// <summary>Looks up the names and ids of users and groups on this machine, each once. For one thread at a time.</summary>
internal sealed unsafe class OwnerNames
{
    private const int FirstBuffer = 1024, LargestBuffer = 1 << 20;

    private readonly Dictionary<uint, string?> _users = [], _groups = [];
    private readonly Dictionary<string, uint?> _userNumbers = [], _groupNumbers = [];

    private delegate int Query(AccountRecord* record, byte* buffer, nuint size, AccountRecord** found);

    /// <summary>CAP_CHOWN, the first bit of a thread's capabilities.</summary>
    private const ulong GiveAway = 1;

    private static ReadOnlySpan<byte> EffectiveCapabilities => "\nCapEff:\t"u8;

    /// <summary>Whether this thread can give files to other users. Root in a container may lack this capability.</summary>
    public static bool MayGive
    {
        get
        {
            int file = At.Open(At.CurrentDirectory, "/proc/thread-self/status"u8, Open.ReadOnly | Open.CloseOnExec);
            if (file < 0) return Libc.EffectiveUser() == 0;
            Span<byte> text = stackalloc byte[4096];
            int length = Opened.Read(file, text, 0);
            Opened.Close(file);
            text = text[..Math.Max(0, length)];
            int at = text.IndexOf(EffectiveCapabilities);
            if (at < 0 || !System.Buffers.Text.Utf8Parser.TryParse(text[(at + EffectiveCapabilities.Length)..], out ulong capabilities, out _, 'x')) return Libc.EffectiveUser() == 0;
            return (capabilities & GiveAway) != 0;
        }
    }

    /// <returns>The user's home; null if the user is unknown or has none.</returns>
    public byte[]? HomeOf(uint user)
    {
        byte[]? home = null;
        Ask((r, b, s, f) => Libc.UserByNumber(user, r, b, s, f), record => home = record->Home == null ? null : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(record->Home).ToArray());
        return home is { Length: > 0 } ? home : null;
    }

    public EntryOwner Of(FileStatus status)
    {
        uint user = status.UserId, group = status.GroupId;
        if (!_users.TryGetValue(user, out string? userName)) _users[user] = userName = NameOf((r, b, s, f) => Libc.UserByNumber(user, r, b, s, f));
        if (!_groups.TryGetValue(group, out string? groupName)) _groups[group] = groupName = NameOf((r, b, s, f) => Libc.GroupByNumber(group, r, b, s, f));
        return new EntryOwner(user, group, userName, groupName);
    }

    /// <summary>Returns the ids on this host: those of the names if the host knows the names, else those of the source.</summary>
    public (uint User, uint Group) NumbersOf(EntryOwner owner) => (
        Number(owner.UserName, _userNumbers, Libc.UserByName) ?? owner.UserId,
        Number(owner.GroupName, _groupNumbers, Libc.GroupByName) ?? owner.GroupId);

    private delegate int NameQuery(byte* name, AccountRecord* record, byte* buffer, nuint size, AccountRecord** found);

    private static uint? Number(string? name, Dictionary<string, uint?> known, NameQuery query)
    {
        if (name is null) return null;
        if (known.TryGetValue(name, out uint? number)) return number;
        byte[] text = Encoding.UTF8.GetBytes(name + '\0');
        fixed (byte* pinned = text)
        {
            byte* start = pinned;
            Ask((r, b, s, f) => query(start, r, b, s, f), record => number = record->Number);
        }

        return known[name] = number;
    }

    private static string? NameOf(Query query)
    {
        string? name = null;
        Ask(query, record => name = Marshal.PtrToStringUTF8((nint)record->Name));
        return name;
    }

    private delegate void Answer(AccountRecord* record);

    /// <summary>
    /// Runs a query with a growing buffer, because a group may have many members. The result does not distinguish an unknown
    /// account from a failing directory service.
    /// </summary>
    private static void Ask(Query query, Answer answer)
    {
        for (int size = FirstBuffer; size <= LargestBuffer; size *= 4)
        {
            AccountRecord record;
            AccountRecord* found = null;
            int error;
            fixed (byte* buffer = new byte[size])
            {
                error = query(&record, buffer, (nuint)size, &found);
                if (error == 0 && found != null) answer(found);
            }

            if (error != Errno.OutOfRange) return;
        }
    }
}
