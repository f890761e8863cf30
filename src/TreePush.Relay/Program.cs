using System.Security.Cryptography;
using TreePush.Core.Wire;

// Asked by the script that has just placed it here: does the runtime start, and does it find the cryptography it needs?
if (args is [RelayGreeting.CheckArgument])
{
    SHA256.HashData([]);
    return;
}

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
output.Write(RelayGreeting.Line);
output.Flush();
input.CopyTo(output);
