using System.Text;

namespace TreePush.Core.Tests.Manifests;

internal static class TextBytes
{
    public static byte[] ToBytes(this string text) => Encoding.UTF8.GetBytes(text);
}
