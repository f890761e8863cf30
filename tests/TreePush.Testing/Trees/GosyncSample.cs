
namespace TreePush.Testing;

/// <summary>
/// The example in the README of gosync (github.com/ren-zc/gosync): a source, and a target that has some of it, lacks some
/// and has more. Names and links are those of the README; contents, of which it says nothing, are such that f1.txt and
/// f4.txt are equal on both sides and f2.txt and f3.txt differ.
/// </summary>
public static class GosyncSample
{
    private static readonly UnixTime Earlier = new(UnixTime.Usual.Seconds - 3600, 0);

    public static TreeLiteral Source { get; } = new TreeLiteral()
        .File("d1/f1.txt", "first").Link("d1/f1s", "f1.txt")
        .File("d1/f2.txt", "second, as it is now")
        .File("d1/f3.txt", "third, in d1").Link("d1/f3s", "f3.txt")
        .Directory("d2")
        .File("f3.txt", "third, as it is now").Link("f3s", "f3.txt")
        .File("f4.txt", "fourth")
        .File("f5.txt", "fifth").Link("f5s", "f5.txt");

    /// <summary>With deletion it becomes equal to the source, so d1/f4.txt, d1/f4s, d3, f6.txt and f6s go.</summary>
    public static TreeLiteral TargetBefore { get; } = new TreeLiteral()
        .File("d1/f1.txt", "first").Link("d1/f1s", "f1.txt")
        .File("d1/f2.txt", "second, as it was", modified: Earlier)
        .File("d1/f4.txt", "fourth, in d1").Link("d1/f4s", "f4.txt")
        .Directory("d3")
        .File("f3.txt", "third, as it was", modified: Earlier).Link("f3s", "f3.txt")
        .File("f4.txt", "fourth")
        .File("f6.txt", "sixth").Link("f6s", "f6.txt");
}
