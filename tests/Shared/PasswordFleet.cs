namespace TreePush.Testing;

/// <summary>Hosts that let in by a password alone.</summary>
internal static class PasswordFleet
{
    /// <summary>With all that a shell, a file or a line could take for something else.</summary>
    public const string Password = "it's $ecret \"&\" \\n ünd long";

    /// <param name="method">What sshd asks for: password, or keyboard-interactive.</param>
    public static async Task<Fleet> StartAsync(string method, int hosts = 1)
    {
        bool asks = method != "password";
        string[] lines =
        [
            $"AuthenticationMethods {method}", "PasswordAuthentication yes", $"KbdInteractiveAuthentication {(asks ? "yes" : "no")}", $"UsePAM {(asks ? "yes" : "no")}",
        ];
        var fleet = await Fleet.StartAsync(new FleetOptions { Hosts = hosts, EveryHost = new HostOptions { SshdLines = lines } });
        foreach (var host in fleet.Hosts)
            await host.AdministerAsync($$"""
                h=$(perl -e '$p = <STDIN>; chomp $p; print crypt($p, q($6$salt$))' <<'END'
                {{Password}}
                END
                ); (echo "root:$h:19000:0:99999:7:::"; grep -v '^root:' /etc/shadow) >/tmp/shadow; chmod 600 /tmp/shadow; mount --bind /tmp/shadow /etc/shadow
                """);
        return fleet;
    }
}
