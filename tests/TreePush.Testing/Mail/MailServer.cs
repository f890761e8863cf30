using System.Diagnostics;
using System.Globalization;

namespace TreePush.Testing;

/// <summary>A real SMTP server (aiosmtpd) on loopback, which keeps what it is sent. It ends with its standard input.</summary>
public sealed class MailServer : IAsyncDisposable
{
    public const string Address = "127.0.0.1";

    private const string Python = "/usr/bin/python3";
    private const string Library = "/usr/lib/python3/dist-packages/aiosmtpd/__init__.py";
    private const string End = "--end of message--";

    private const string Script = """
        import asyncio, ssl, sys
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
        certificate, mode, user, password = sys.argv[1:]
        class Handler:
            async def handle_DATA(self, server, session, envelope):
                print("from", envelope.mail_from, "to", *envelope.rcpt_tos, "tls" if session.ssl or mode == "tls" else "clear", "as", getattr(session, "who", "nobody"))
                print(envelope.content.decode().replace("\r\n", "\n"))
                print("--end of message--", flush=True)
                return "250 OK"
        def authenticate(server, session, envelope, mechanism, data):
            good = isinstance(data, LoginPassword) and data.login.decode() == user and data.password.decode() == password
            if good: session.who = user
            return AuthResult(success=good, handled=False)
        async def main():
            context = None
            if certificate:
                context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
                context.load_cert_chain(certificate)
            starttls = context if mode == "starttls" else None
            make = lambda: SMTP(Handler(), tls_context=starttls, require_starttls=starttls is not None, auth_require_tls=False, auth_required=bool(user),
                                authenticator=authenticate, hostname="mail.test")
            server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0, ssl=context if mode == "tls" else None)
            print(server.sockets[0].getsockname()[1], flush=True)
            await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        asyncio.run(main())
        """;

    private readonly RunningProgram _program;

    private MailServer(RunningProgram program, int port) => (_program, Port) = (program, port);

    public int Port { get; }

    /// <summary>What it was sent so far: a line with sender, recipients, tls or clear, and the login; then the message.</summary>
    public IReadOnlyList<string> Messages =>
        [.. _program.Output.Text.Split('\n', 2)[^1].Split(End + "\n", StringSplitOptions.RemoveEmptyEntries).Where(m => m.Length > 0)];

    /// <summary>Waits until it has as many messages, which it may print a moment after it took the last.</summary>
    public async Task<IReadOnlyList<string>> WaitForMessagesAsync(int count, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        await Wait.UntilAsync(() => Messages.Count >= count, timeout, () => $"{count} messages do not come: {_program.Output.Text}{_program.Error.Text}", cancellationToken);
        return Messages;
    }

    /// <summary>What the machine lacks for one, in a sentence with what to do, or null.</summary>
    public static string? MissingRequirement() => Needs.MissingOf("python3", Library);

    public static async Task<MailServer> StartAsync(MailServerOptions options, CancellationToken cancellationToken = default)
    {
        string mode = options.Certificate is null ? "plain" : options.IsTlsFromStart ? "tls" : "starttls";
        var start = new ProcessStartInfo(Python, ["-c", Script, options.Certificate ?? "", mode, options.User ?? "", options.Password ?? ""]);
        var program = RunningProgram.Start(start, input: null, ProgramOptions.DefaultTimeout);
        try
        {
            await foreach (string line in program.Output.LinesAsync(cancellationToken)) return new MailServer(program, int.Parse(line, CultureInfo.InvariantCulture));
            throw new InvalidOperationException($"The mail server ended: {program.Error.Text}");
        }
        catch
        {
            await program.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
