using TreePush.Core.Dispatching;
using TreePush.Core.Runs;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Dispatching.Ftp;

public sealed class FtpEncryptionTests
{
    [FtpFact]
    public async Task With_TLS_and_a_certificate_of_the_right_authority_nothing_is_in_clear()
    {
        await using var place = await FtpPlace.StartAsync(new FtpServerOptions { HasTls = true, Lines = ["force_local_logins_ssl=YES", "force_local_data_ssl=YES"] });
        place.Options = place.Options with { CaFile = place.Server.CaFile };
        foreach (var via in new[] { Transport.Ftps, Transport.Ftp })
        {
            (await place.DeliverAsync(place.Parcel.Package("a", 300_000), via: via)).Failure.Should().BeNull();
            File.ReadAllBytes(place.PathOf("in/a")).Should().Equal(place.Parcel.Content);
        }

        place.Warnings.Should().BeEmpty();
    }

    [FtpFact]
    public async Task A_certificate_of_another_authority_is_refused_before_the_password_is_sent()
    {
        await using var place = await FtpPlace.StartAsync(new FtpServerOptions { HasTls = true });
        using var other = TestAuthority.Create(place.Parcel.Directory);
        foreach (string? authorities in new[] { null, other.CaFile })
            foreach (var via in new[] { Transport.Ftps, Transport.Ftp })
            {
                place.Options = place.Options with { CaFile = authorities };
                var outcome = await place.DeliverAsync(place.Parcel.Package("a"), via: via);
                outcome.Failure!.Kind.Should().Be(FailureKind.HostKeyMismatch, outcome.Failure.ToString());
                outcome.Failure.Hint.Should().Contain("ca_file");
            }

        (await place.Server.ReadLogAsync()).Should().NotContain("\"USER");
        place.Files().Should().BeEmpty();
    }

    [FtpFact]
    public async Task FTPS_insists_on_TLS()
    {
        await using var place = await FtpPlace.StartAsync();
        var outcome = await place.DeliverAsync(place.Parcel.Package("a"), via: Transport.Ftps);
        outcome.Failure!.Kind.Should().Be(FailureKind.HostUnusable);
        outcome.Failure.Hint.Should().Contain("no TLS");
        (await place.Server.ReadLogAsync()).Should().NotContain("\"USER");
        place.Warnings.Should().BeEmpty();
    }

    [FtpFact]
    public async Task That_a_password_goes_in_clear_is_told_once_for_each_host()
    {
        await using var place = await FtpPlace.StartAsync();
        var delivery = place.NewDelivery();
        for (int i = 0; i < 2; i++) (await delivery.DeliverAsync(place.Parcel.Package("a"), "in/", place.Access(), CancellationToken.None)).Failure.Should().BeNull();
        place.Warnings.Should().ContainSingle().Which.Should().Contain("in clear").And.Contain(place.Server.Address).And.NotContain(place.Server.Password);
    }

    [FtpFact]
    public async Task A_file_of_authorities_that_is_not_there_is_this_machines_fault()
    {
        await using var place = await FtpPlace.StartAsync(new FtpServerOptions { HasTls = true });
        place.Options = place.Options with { CaFile = "/no/such/ca.pem" };
        (await place.DeliverAsync(place.Parcel.Package("a"), via: Transport.Ftps)).Failure!.Kind.Should().Be(FailureKind.ControllerFault);
    }
}
