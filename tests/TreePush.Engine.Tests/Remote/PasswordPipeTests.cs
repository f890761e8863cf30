using TreePush.Core.Hosts;
using TreePush.Core.Runs;
using TreePush.Engine.Remote;
using TreePush.Engine.Remote.OpenSsh;
using TreePush.Testing;

namespace TreePush.Engine.Tests.Remote;

/// <summary>Which questions get the password, with a shell that asks as ssh does.</summary>
public sealed class PasswordPipeTests : IDisposable
{
    private const string Password = "it's $ecret";

    private readonly Temporary _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData("root@10.0.0.1's password: ")]
    [InlineData("root@new's password: ")]
    [InlineData("me@current's password: ")]
    [InlineData("(root@old box) Password: ")]
    [InlineData("(root@10.0.0.1) Password for root@new: ")]
    [InlineData("Password:")]
    public async Task Password_answers_a_question_for_it(string question) => (await AnswersAsync(question)).Should().Equal(Password);

    [Theory]
    [InlineData("Enter passphrase for key '/root/.ssh/password': ")]
    [InlineData("(root@h) New password: ")]
    [InlineData("(root@h) Retype new UNIX password: ")]
    [InlineData("(root@h) (current) UNIX password: ")]
    [InlineData("Current Password:")]
    [InlineData("Enter root@h's old password: ")]
    [InlineData("Enter root@h's new password: ")]
    [InlineData("(root@h) One-time password (OATH) for `root': ")]
    [InlineData("(root@h) Verification code: ")]
    [InlineData("Are you sure you want to continue connecting (yes/no/[fingerprint])? ")]
    public async Task Other_questions_get_no_answer(string question) => (await AnswersAsync(question)).Should().Equal("no answer");

    [Fact]
    public async Task Third_question_is_refused_at_once() =>
        (await AnswersAsync("Password: ", "Password: ", "Password: ", "Password: ")).Should().Equal(Password, Password, "no answer", "no answer");

    [Fact]
    public async Task Ssh_of_a_jump_host_gets_no_answer() =>
        (await RunAsync("sh -c '\"$SSH_ASKPASS\" \"root@jump'\\''s password: \" || echo no answer; :'")).Should().Equal("no answer");

    [Fact]
    public void Pipe_that_can_not_be_made_is_a_failure_of_this_machine()
    {
        var open = () => PasswordPipe.Open(_temporary["gone/pipe"], _temporary["ask"], Password);
        open.Should().Throw<RemoteException>().Which.Failure.Kind.Should().Be(FailureKind.ControllerFault);
    }

    private Task<List<string>> AnswersAsync(params string[] questions) =>
        RunAsync(string.Concat(questions.Select(q => $"\"$SSH_ASKPASS\" {ShellWord.Quote(q)} || echo no answer; ")));

    private async Task<List<string>> RunAsync(string ssh)
    {
        using var child = ChildProgram.Start(PasswordPipe.Open(_temporary["pipe"], _temporary["ask"], Password).Of("sh", ["-c", ssh]));
        var lines = new List<string>();
        await child.ReadLinesAsync(line => lines.Add(line.Text), CancellationToken.None).WaitAsync(Patience.Usual);
        await child.WaitAsync(CancellationToken.None);
        return lines;
    }
}
