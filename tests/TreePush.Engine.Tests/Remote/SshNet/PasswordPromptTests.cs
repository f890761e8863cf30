using TreePush.Engine.Remote.SshNet;

namespace TreePush.Engine.Tests.Remote.SshNet;

/// <summary>Which questions of a server the password answers.</summary>
public sealed class PasswordPromptTests
{
    [Theory]
    [InlineData("Password: ")]
    [InlineData("anna@web1's password:")]
    [InlineData("Password for anna@old.example.org:")]
    [InlineData("Enter LDAP Password:")]
    [InlineData("UNIX password: ")]
    public void The_password_answers_a_question_for_it(string question) => PasswordPrompt.Asks(question).Should().BeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("Verification code: ")]
    [InlineData("One-time password (OATH) for `anna': ")]
    [InlineData("OTP password:")]
    [InlineData("New password: ")]
    [InlineData("Enter new UNIX password: ")]
    [InlineData("Retype new UNIX password: ")]
    [InlineData("Current Password:")]
    [InlineData("(current) UNIX password: ")]
    [InlineData("Old password: ")]
    [InlineData("Enter passphrase for key: ")]
    public void It_answers_no_other_question(string question) => PasswordPrompt.Asks(question).Should().BeFalse();
}
