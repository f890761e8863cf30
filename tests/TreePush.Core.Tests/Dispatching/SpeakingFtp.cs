using System.Text;
using TreePush.Core.Dispatching;
using TreePush.Core.Dispatching.Ftp;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Dispatching;

public sealed class SpeakingFtp
{
    [Theory]
    [InlineData("/opt/in/", "ftp://h:21/%2Fopt/in/x%20y", "/opt/in/x y", "/opt/in")]
    [InlineData("/", "ftp://h:21/%2Fx%20y", "/x y", "/")]
    [InlineData("~/newcx/20261127/", "ftp://h:21/newcx/20261127/x%20y", "newcx/20261127/x y", "newcx/20261127")]
    [InlineData("newcx//./a b", "ftp://h:21/newcx/a%20b/x%20y", "newcx/a b/x y", "newcx/a b")]
    [InlineData("~", "ftp://h:21/x%20y", "x y", "~")]
    [InlineData("~joe/in", "ftp://h:21/~joe/in/x%20y", "./~joe/in/x y", "~joe/in")]
    [InlineData("-a", "ftp://h:21/-a/x%20y", "./-a/x y", "-a")]
    public void A_folder_has_a_url_and_a_path(string text, string url, string path, string shown)
    {
        var folder = FtpFolder.Of(text);
        folder.Url("h", 21, "x y").Should().Be(url);
        folder.PathOf("x y").Should().Be(path);
        folder.ToString().Should().Be(shown);
    }

    [Fact]
    public void Nothing_in_a_name_means_anything_in_a_url() =>
        FtpFolder.Of("a?b#c;type=a").Url("2001:db8::1", 2121, "[1-9]{x,y}%é").Should().Be("ftp://[2001:db8::1]:2121/a%3Fb%23c%3Btype%3Da/%5B1-9%5D%7Bx%2Cy%7D%25%C3%A9");

    [Fact]
    public void A_value_in_a_configuration_of_curl_may_hold_anything() =>
        Encoding.UTF8.GetString(new CurlConfig().Add("silent").Add("user", "j:a\"b\\c\td é").ToBytes()).Should().Be("silent\nuser = \"j:a\\\"b\\\\c\\td é\"\n");

    [Theory]
    [InlineData("213 1234", 1234L, null)]
    [InlineData("213 12 34", null, null)]
    [InlineData("550 Could not get file size.", null, null)]
    [InlineData("257 \"/home/joe\" is the current directory", null, "/home/joe")]
    [InlineData("257 \"/a\"\"b\"", null, "/a\"b")]
    [InlineData("257 \"", null, null)]
    [InlineData("257 \"\"", null, null)]
    public void Replies_tell_sizes_and_folders(string line, long? size, string? folder)
    {
        var reply = FtpReply.Read(line)!.Value;
        reply.Size().Should().Be(size);
        reply.Folder().Should().Be(folder);
    }

    [Fact]
    public void Only_the_last_line_of_a_reply_counts() =>
        FtpDialog.Of(0, ["220-Welcome", "213 fake", " 220 no", "220 ready", "", "x", "331 p"], []).Replies.Select(r => r.Code).Should().Equal(220, 331);

    [Theory]
    [InlineData("220 hi|234 go|331 password|230 in", false)]
    [InlineData("220 hi|530 no|530 no|331 password|230 in", true)]
    [InlineData("220 hi|331 password|234 late", true)]
    [InlineData("220 hi|421 busy", false)]
    public void A_password_that_is_asked_for_before_the_encryption_goes_in_clear(string lines, bool clear) =>
        FtpDialog.Of(0, lines.Split('|'), []).IsInClear.Should().Be(clear);

    [Theory]
    [InlineData("-rw-r--r--    1 2000     2000         1234 Nov 27 07:05 .x.part", 1234L)]
    [InlineData("-rw-r--r--    1 joe      group one    1234 Nov 27  2025 .x.part", 1234L)]
    [InlineData("11-27-26  07:05AM                 1234 .x.part", 1234L)]
    [InlineData("11-27-26  07:05AM       <DIR>          .x.part", null)]
    [InlineData("-rw-r--r--    1 2000     2000         1234 Nov 27 07:05 a.x.part", null)]
    [InlineData("", null)]
    public void A_size_is_found_in_a_listing(string line, long? size) => FtpListing.SizeOf(".x.part", ["total 4", line]).Should().Be(size);

    [Theory]
    [InlineData(6, "", "", FailureKind.HostUnreachable)]
    [InlineData(7, "", "Failed to connect to h port 21 after 0 ms: Couldn't connect to server", FailureKind.HostRefused)]
    [InlineData(28, "", "Connection timed out", FailureKind.HostUnreachable)]
    [InlineData(28, "220 hi", "Operation too slow", FailureKind.TimedOut)]
    [InlineData(67, "220 hi|331 p|530 Login incorrect.", "Access denied: 530", FailureKind.HostAuthentication)]
    [InlineData(60, "220 hi|234 go", "SSL certificate problem: self-signed certificate", FailureKind.HostKeyMismatch)]
    [InlineData(35, "220 hi|234 go", "OpenSSL: rsa routines::invalid padding", FailureKind.HostUnusable)]
    [InlineData(64, "220 hi|530 no", "Requested SSL level failed", FailureKind.HostUnusable)]
    [InlineData(9, "550 no", "Server denied you to change to the given directory", FailureKind.TargetNotWritable)]
    [InlineData(25, "553 Could not create file.", "Failed FTP upload: 553", FailureKind.TargetNotWritable)]
    [InlineData(25, "452 no space", "Failed FTP upload: 452", FailureKind.TargetDiskFull)]
    [InlineData(55, "451 Failure writing to local file.", "Send failure", FailureKind.TargetDiskFull)]
    [InlineData(55, "426 aborted", "Send failure", FailureKind.ConnectionLost)]
    [InlineData(56, "", "Recv failure", FailureKind.ConnectionLost)]
    [InlineData(26, "", "Failed to open", FailureKind.ControllerFault)]
    [InlineData(127, "", "", FailureKind.ControllerFault)]
    [InlineData(137, "", "", FailureKind.CommandKilled)]
    [InlineData(99, "", "", FailureKind.CommandFailed)]
    public void What_went_wrong_is_read_from_the_status_and_the_replies(int status, string replies, string complaint, FailureKind kind)
    {
        var failure = FtpDiagnosis.Of(FtpDialog.Of(status, replies.Split('|'), [$"curl: ({status}) {complaint}"]), "send x to h");
        failure.Kind.Should().Be(kind);
        failure.ExitCode.Should().Be(status);
        failure.Message.Should().StartWith("could not send x to h over FTP: ");
    }

    [Fact]
    public void What_a_server_says_can_not_break_the_terminal() =>
        FtpDiagnosis.Of(FtpDialog.Of(25, ["553 \u001b[2Jno"], []), "x").Message.Should().Contain("553").And.NotContain("\u001b");

    [Theory]
    [InlineData("a\nb", "in", "joe", "p")]
    [InlineData("a\rb", "in", "joe", "p")]
    [InlineData("a", "in\t", "joe", "p")]
    [InlineData("a", "in/../b", "joe", "p")]
    [InlineData("a", "in", "", "p")]
    [InlineData("a", "in", "j:e", "p")]
    [InlineData("a", "in", "joe", "p\r\nDELE x")]
    public void What_FTP_can_not_say_is_refused(string name, string folder, string user, string password) =>
        FtpLimits.Refusal(name, folder, new HostAccess(new Host("h", 22, user), password, Transport.Ftp)).Should().NotBeNull();

    [Fact]
    public void Other_names_are_not_refused() =>
        FtpLimits.Refusal("a\tb c;d'é\u001b", "in put", new HostAccess(new Host("h", 22, "joe"), null, Transport.Ftp)).Should().BeNull();
}
