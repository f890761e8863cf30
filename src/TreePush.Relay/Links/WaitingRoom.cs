using System.Net;
using System.Net.Sockets;

namespace TreePush.Relay.Links;

/// <summary>
/// The connections that have not shown a token yet, up to a limit. When one more arrives, one is closed: of the address with the
/// most connections, the one that has made the least progress, and among equals the oldest. A stranger who opens many connections
/// therefore closes its own, and a child that is just showing its token is not disturbed.
/// </summary>
internal sealed class WaitingRoom(int most)
{
    /// <summary>A child shows its token within a few round trips. A connection older than this is closed before a newer one.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly LinkedList<Guest> _guests = [];

    /// <param name="now">The current time, from a clock that never goes backwards.</param>
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

    /// <summary>Waits until a connection leaves.</summary>
    public void AwaitLeaving(TimeSpan patience)
    {
        lock (_guests) TimedWait.For(_guests, patience);
    }

    /// <param name="coming">The group of the connection that room is made for.</param>
    private Guest Choose(string coming, TimeSpan now)
    {
        var crowd = _guests.GroupBy(g => g.Group).MaxBy(g => g.Count() + (g.Key == coming ? 1 : 0))!;
        return crowd.MinBy(g => (now - g.Since < Grace ? 1 : 0, g.Steps, g.Since))!;
    }

    /// <summary>Returns the group of an address: a /64 for IPv6, because a host usually has a whole /64.</summary>
    private static string GroupOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    /// <summary>A connection that has not shown a token yet.</summary>
    public sealed class Guest(string group, IDisposable connection, TimeSpan since)
    {
        private int _steps;

        public string Group => group;

        public IDisposable Connection => connection;

        public TimeSpan Since => since;

        /// <summary>The number of steps completed.</summary>
        public int Steps => Volatile.Read(ref _steps);

        /// <summary>Records that the connection has sent something, or has completed another step.</summary>
        public void Advance() => Interlocked.Increment(ref _steps);
    }
}
