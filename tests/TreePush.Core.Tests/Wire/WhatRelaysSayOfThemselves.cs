using System.Security.Cryptography;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

public sealed class WhatRelaysSayOfThemselves
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("/run/docker.sock", null)]
    [InlineData("metadata.internal", null)]
    [InlineData("", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("::ffff:127.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("::", null)]
    [InlineData("169.254.169.254", null)]
    [InlineData("fe80::1", null)]
    [InlineData("224.0.0.1", null)]
    [InlineData("255.255.255.255", null)]
    [InlineData("ff02::1", null)]
    public void Only_addresses_in_numbers_that_lead_to_a_host_are_passed_on(string named, string? usable) =>
        RelayAddress.Usable([named, named]).Should().Equal(usable is null ? [] : [usable]);

    [Fact]
    public void Few_addresses_are_passed_on() => RelayAddress.Usable(Enumerable.Range(1, 1000).Select(i => $"10.0.{i / 250}.{i % 250}")).Should().HaveCount(RelayAddress.Most);

    [Fact]
    public void Key_of_the_right_kind_is_a_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] bytes = key.ExportSubjectPublicKeyInfo();
        RelayKey.IsValid(bytes).Should().BeTrue();
        RelayKey.IsValid([.. bytes, 0]).Should().BeFalse();
        RelayKey.IsValid(bytes.AsSpan(1)).Should().BeFalse();
        bytes[^1] ^= 1;
        RelayKey.IsValid(bytes).Should().BeFalse("the point is not on the curve");
    }

    [Fact]
    public void Key_of_another_kind_is_none()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(2048);
        RelayKey.IsValid(other.ExportSubjectPublicKeyInfo()).Should().BeFalse();
        RelayKey.IsValid(rsa.ExportSubjectPublicKeyInfo()).Should().BeFalse();
        RelayKey.IsValid([]).Should().BeFalse();
    }

    [Fact]
    public void Key_with_any_byte_changed_is_none_or_another()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        for (int at = 0; at < 91; at++)
        {
            byte[] bytes = key.ExportSubjectPublicKeyInfo();
            bytes[at] ^= 0x20;
            RelayKey.IsValid(bytes).Should().BeFalse("byte {0} is wrong, and no such change gives another point of the curve", at);
        }
    }
}
