using System.Text;
using TreePush.Core.Wire;

namespace TreePush.Core.Tests.Wire;

public sealed class AskingForTheProgram
{
    [Fact]
    public void A_request_is_one_line_that_only_who_knows_the_secret_can_write()
    {
        byte[] request = ProgramRequest.Make(new byte[32]);
        request.Should().HaveCount(ProgramRequest.Size);
        Encoding.ASCII.GetString(request).Should().MatchRegex("^treepush-program [0-9a-f]{64}\n$");
        ProgramRequest.Make([.. Enumerable.Repeat((byte)1, 32)]).Should().NotEqual(request);
    }
}
