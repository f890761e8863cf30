using System.Net;
using System.Net.Sockets;

namespace TreePush.Relay.Links;

/// <summary>
/// The connections of those who have not shown a token yet: only so many at once. When there are more, one is closed: of the
/// address that has the most of them, the one that has got least far, and of several the oldest. So a stranger who opens
/// any number of connections closes his own, and a child that is just showing its token is left alone.
/// </summary>
internal sealed class WaitingRoom(int most)
{
    /// <summary>A child shows its token in a few round trips: who has taken longer goes before who has not.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly LinkedList<Guest> _guests = [];

    /// <param name="now">A time that only grows.</param>
    public Guest Enter(IPAddress address, IDisposable connection, TimeSpan now)
    {
        Guest? leaving = null;
        var guest = new Guest(GroupOf(address), connection, now);
        lock (_guests)
        {
            if (_guests.Count >= most) leaving = Choose(guest.Group, now);
            if (leaving is not null) _guests.Remove(leaving);
            _guests.AddLast(guest);
        }

        leaving?.Connection.Dispose();
        return guest;
    }

    public void Leave(Guest guest)
    {
        lock (_guests)
        {
            _guests.Remove(guest);
            Monitor.PulseAll(_guests);
        }
    }

    /// <summary>Waits until somebody leaves.</summary>
    public void AwaitLeaving(TimeSpan patience)
    {
        lock (_guests) TimedWait.For(_guests, patience);
    }

    /// <param name="coming">Where the one comes from for whom room is made.</param>
    private Guest Choose(string coming, TimeSpan now)
    {
        var crowd = _guests.GroupBy(g => g.Group).MaxBy(g => g.Count() + (g.Key == coming ? 1 : 0))!;
        return crowd.MinBy(g => (now - g.Since < Grace ? 1 : 0, g.Steps, g.Since))!;
    }

    /// <summary>Whoever has an IPv6 address has a whole /64 of them.</summary>
    private static string GroupOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    /// <summary>A connection that waits to be known.</summary>
    public sealed class Guest(string group, IDisposable connection, TimeSpan since)
    {
        private int _steps;

        public string Group => group;

        public IDisposable Connection => connection;

        public TimeSpan Since => since;

        /// <summary>How far it has got.</summary>
        public int Steps => Volatile.Read(ref _steps);

        /// <summary>It has said something, or has proved more of what it is.</summary>
        public void Advance() => Interlocked.Increment(ref _steps);
    }
}
