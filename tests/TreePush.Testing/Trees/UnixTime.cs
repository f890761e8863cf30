
namespace TreePush.Testing;

/// <summary>A point in time as file systems have it.</summary>
/// <param name="Seconds">Since 1970, in UTC.</param>
/// <param name="Nanoseconds">0 to 999,999,999 more.</param>
public readonly record struct UnixTime(long Seconds, int Nanoseconds)
{
    /// <summary>What trees have unless told otherwise: in the past, and exact to the last digit.</summary>
    public static readonly UnixTime Usual = new(1_767_323_045, 123_456_789);

    public override string ToString() =>
        $"{Seconds}.{Nanoseconds:000000000}";
}
