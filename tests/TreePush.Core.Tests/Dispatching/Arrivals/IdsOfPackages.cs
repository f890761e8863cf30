using System.Security.Cryptography;
using TreePush.Core.Dispatching.Arrivals;

namespace TreePush.Core.Tests.Dispatching.Arrivals;

public sealed class IdsOfPackages
{
    private static readonly string Content = Convert.ToHexStringLower(SHA256.HashData("content"u8));

    [Fact]
    public void Name_and_content_make_the_id()
    {
        string expected = Convert.ToHexStringLower(SHA256.HashData([.. "a.zip"u8, 0, .. System.Text.Encoding.ASCII.GetBytes(Content)]))[..16];
        PackageId.Of("a.zip", Content).Should().Be(expected);
        PackageId.Of("b.zip", Content).Should().NotBe(expected);
        PackageId.Of("a.zip", Convert.ToHexStringLower(SHA256.HashData("other"u8))).Should().NotBe(expected);
    }
}
