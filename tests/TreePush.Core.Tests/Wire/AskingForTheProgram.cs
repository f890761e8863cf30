using System.Text;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

public sealed class AskingForTheProgram
{
    [Fact]
    public void A_request_is_one_line_that_only_who_knows_the_secret_can_write()
    {
        byte[] request = ProgramRequest.Make(new byte[32], 258);
        request.Should().HaveCount(ProgramRequest.Size);
        Encoding.ASCII.GetString(request).Should().MatchRegex("^treepush-program 00000102 [0-9a-f]{64}\n$");
        ProgramRequest.Read(new byte[32], request).Should().Be(258);
        ProgramRequest.Read([.. Enumerable.Repeat((byte)1, 32)], request).Should().BeNull();
    }

    [Fact]
    public void A_token_is_good_for_its_own_number_only()
    {
        byte[] request = ProgramRequest.Make(new byte[32], 1);
        request[ProgramRequest.Mark.Length + 7] = (byte)'2';
        ProgramRequest.Read(new byte[32], request).Should().BeNull();
        ProgramRequest.Read(new byte[32], request.AsSpan(1)).Should().BeNull();
    }
}
