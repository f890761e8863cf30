using TreePush.Core.Dispatching;

namespace TreePush.Core.Tests.Dispatching;

/// <summary>As curl reads them.</summary>
public sealed class ReadingNetrcFiles
{
    [Fact]
    public void An_entry_has_a_machine_a_login_a_password_and_an_account() =>
        Parse("machine a.example login joe password secret account billing").Entries.Should().Equal(new NetrcEntry("a.example", "joe", "secret", "billing"));

    [Fact]
    public void Words_may_stand_on_lines_of_their_own() =>
        Parse("machine\n  a\r\n\tlogin\njoe\n\n password secret\n").Find("a", null).Should().Be(new NetrcEntry("a", "joe", "secret", null));

    [Fact]
    public void The_first_entry_of_a_machine_and_login_wins()
    {
        var netrc = Parse("machine a login joe password 1\nmachine a login ann password 2\nmachine a login joe password 3\ndefault login all password 4");
        netrc.Find("a", "joe")!.Password.Should().Be("1");
        netrc.Find("a", "ann")!.Password.Should().Be("2");
        netrc.Find("A", null)!.Password.Should().Be("1");
        netrc.Find("a", "all")!.Password.Should().Be("4");
        netrc.Find("a", "nobody").Should().BeNull();
        netrc.Find("b", null)!.Password.Should().Be("4");
    }

    [Fact]
    public void An_entry_without_a_login_is_for_every_login() =>
        Parse("machine a password 1").Find("a", "joe")!.Password.Should().Be("1");

    [Fact]
    public void What_follows_default_is_never_reached() =>
        Parse("default login d password 0\nmachine a login joe password 1").Find("a", null)!.Login.Should().Be("d");

    [Fact]
    public void Logins_differ_by_case_and_machines_do_not() =>
        Parse("machine A.Example login Joe password 1").Find("a.example", "joe").Should().BeNull();

    [Theory]
    [InlineData("\"with space\"", "with space")]
    [InlineData("\"a\\\"b\\\\c\\td\\ne\\rf\\g\"", "a\"b\\c\td\ne\rfg")]
    [InlineData("\"\"", "")]
    [InlineData("un\"quoted\\n", "un\"quoted\\n")]
    [InlineData("no#comment", "no#comment")]
    public void A_word_in_quotation_marks_may_hold_anything(string written, string password) =>
        Parse($"machine a login joe password {written}\nmachine b login x password y").Find("a", "joe")!.Password.Should().Be(password);

    [Fact]
    public void A_hash_where_a_word_would_begin_makes_a_comment() =>
        Parse("# machine c login x\nmachine a # login no\nlogin joe password 1 # password 2").Entries.Should().Equal(new NetrcEntry("a", "joe", "1", null));

    [Fact]
    public void A_macro_is_skipped_to_the_next_empty_line()
    {
        var netrc = Parse("machine a login joe password 1\nmacdef init\nmachine b login no password no\n  \npassword 2\n\nmachine c login joe password 3");
        netrc.Entries.Should().HaveCount(2);
        netrc.Find("a", null)!.Password.Should().Be("1");
        netrc.Find("c", null)!.Password.Should().Be("3");
    }

    [Fact]
    public void Unknown_words_are_passed_over_and_keywords_have_any_case() =>
        Parse("MACHINE a port 21 Login joe PASSWORD 1").Find("a", null).Should().Be(new NetrcEntry("a", "joe", "1", null));

    [Theory]
    [InlineData("machine a login \"joe", "f:1:17")]
    [InlineData("machine", "f:1:1")]
    [InlineData("machine a\n  login", "f:2:3")]
    [InlineData("login joe\nmachine a", "f:1:1")]
    public void A_file_that_breaks_off_is_a_problem_with_its_place(string text, string place) =>
        Parse(text).Problems.Should().ContainSingle().Which.Where.Should().Be(place);

    [Fact]
    public void Nothing_shows_a_password()
    {
        var netrc = Parse("machine a login joe password hidden");
        (netrc.ToString() + netrc.Entries[0]).Should().NotContain("hidden");
        netrc.HoldsPasswords.Should().BeTrue();
        Parse("machine a login anonymous").HoldsPasswords.Should().BeFalse();
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var random = new Random(7);
        const string Letters = "ab \t\"\\#é\r\nmachine";
        for (int i = 0; i < 500; i++)
        {
            string[] words = [.. Enumerable.Range(0, 3).Select(_ => new string([.. Enumerable.Range(0, random.Next(8)).Select(_ => Letters[random.Next(Letters.Length)])]))];
            var entry = Parse($"machine {Quoted(words[0])} login {Quoted(words[1])} password {Quoted(words[2])}").Entries.Should().ContainSingle().Subject;
            entry.Should().Be(new NetrcEntry(words[0], words[1], words[2], null));
        }
    }

    [Fact]
    public void No_text_whatsoever_is_an_unexpected_failure()
    {
        var random = new Random(8);
        string[] words = ["machine", "login", "password", "default", "macdef", "\"", "\\", "#", "\n", " ", "a", "\0", "\n\n", "account"];
        for (int i = 0; i < 2000; i++) Parse(string.Concat(Enumerable.Range(0, random.Next(20)).Select(_ => words[random.Next(words.Length)])));
    }

    private static NetrcFile Parse(string text) => NetrcFile.Parse(text, "f");

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal)}\"";
}
