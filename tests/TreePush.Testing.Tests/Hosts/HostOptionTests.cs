namespace TreePush.Testing.Tests.Hosts;

public sealed class HostOptionTests(StrangeHosts fleet) : IClassFixture<StrangeHosts>
{
    private const string LoadLibssl = "perl -MDynaLoader -e 'exit(DynaLoader::dl_load_file(\"libssl.so.3\") ? 0 : 1)'";

    [PrivateFleetFact]
    public async Task Host_of_another_processor_says_so()
    {
        (await fleet.AskAsync(StrangeHosts.Arm, "uname -m; uname -s")).Should().Be("aarch64\nLinux");
        (await fleet.AskAsync(StrangeHosts.Usual, "uname -m")).Should().NotBe("aarch64");
    }

    [PrivateFleetFact]
    public async Task Hidden_libssl_is_not_found_by_name_nor_in_the_list_of_libraries()
    {
        (await fleet.RunAsync(StrangeHosts.Usual, LoadLibssl)).ExitCode.Should().Be(0);
        (await fleet.RunAsync(StrangeHosts.WithoutLibssl, LoadLibssl)).ExitCode.Should().Be(1);
        (await fleet.AskAsync(StrangeHosts.WithoutLibssl, "ldconfig -p | grep -c libssl.so; ldconfig -p | grep -c libcrypto.so.3"))
            .Should().Be("0\n1");
        (await fleet.AskAsync(StrangeHosts.Usual, "ldconfig -p | grep -c libssl.so")).Should().NotBe("0");
    }

    [PrivateFleetFact]
    public async Task Host_that_forwards_no_ports_refuses_to()
    {
        string[] forward = ["-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:9"];
        (await fleet.RunAsync(StrangeHosts.WithoutForwarding, "true", forward)).ExitCode.Should().Be(255);
        (await fleet.RunAsync(StrangeHosts.Usual, "true", forward)).ExitCode.Should().Be(0);
    }

    [PrivateFleetFact]
    public async Task Nothing_in_a_noexec_home_is_executed()
    {
        const string Command = "cp /bin/true ~/program; ~/program; echo $?";
        (await fleet.AskAsync(StrangeHosts.NoexecHome, Command)).Should().Be("126");
        (await fleet.AskAsync(StrangeHosts.Usual, Command)).Should().Be("0");
    }

    [PrivateFleetFact("sudo")]
    public async Task Login_user_can_write_data_by_sudo_alone()
    {
        (await fleet.AskAsync(StrangeHosts.WithSudo, "id -un; echo ~; touch ~/mine && sudo -n id -un")).Should().Be("deploy\n/home/deploy\nroot");
        var write = $"touch {fleet.Fleet.DataPath}/file";
        (await fleet.RunAsync(StrangeHosts.WithSudo, write)).ExitCode.Should().Be(1);
        (await fleet.RunAsync(StrangeHosts.WithSudo, $"sudo -n {write}")).ExitCode.Should().Be(0);
        File.Exists(Path.Combine(fleet.Fleet.Hosts[StrangeHosts.WithSudo].DataDirectory, "file")).Should().BeTrue();
    }

    [PrivateFleetFact]
    public async Task Hosts_do_not_log_in_to_each_other()
    {
        var other = fleet.Fleet.Hosts[StrangeHosts.NoexecHome];
        var result = await fleet.RunAsync(StrangeHosts.Usual, $"ssh -o BatchMode=yes {other.Address} true");
        result.Error.Should().Contain("Permission denied");
    }

    [PrivateFleetFact]
    public async Task Disk_is_full_until_it_is_freed()
    {
        var host = fleet.Fleet.Hosts[StrangeHosts.SmallDisk];
        var write = $"head -c 1000000 /dev/zero > {fleet.Fleet.DataPath}/zeros";
        await host.FillDiskAsync(bytesLeft: 500_000);
        (await fleet.RunAsync(StrangeHosts.SmallDisk, write)).Error.Should().Contain("No space left on device");
        host.FreeDisk();
        (await fleet.RunAsync(StrangeHosts.SmallDisk, write)).ExitCode.Should().Be(0);
    }
}
