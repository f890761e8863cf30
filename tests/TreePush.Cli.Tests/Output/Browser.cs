using System.Diagnostics;

namespace TreePush.Cli.Tests.Output;

/// <summary>A real browser, without a window and without a network.</summary>
internal static class Browser
{
    /// <summary>What a test that opens a page needs, as listed in tests/needs.txt.</summary>
    public const string Program = "chromium";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Opens a page and lets its script run.</summary>
    /// <returns>The document as it then is, and what was said on the console.</returns>
    public static async Task<(string Document, IReadOnlyList<string> Console)> OpenAsync(string page)
    {
        var folder = Directory.CreateTempSubdirectory("treepush-browser-");
        try
        {
            string file = Path.Combine(folder.FullName, "page.html");
            await File.WriteAllTextAsync(file, page);
            var (document, errors) = await RunAsync(Path.Combine(folder.FullName, "profile"), new Uri(file).AbsoluteUri);
            return (document, [.. errors.Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(string Output, string Error)> RunAsync(string profile, string address)
    {
        string[] arguments =
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-dev-shm-usage", "--enable-logging=stderr", "--window-size=1280,1000", $"--user-data-dir={profile}", "--dump-dom", address,
        ];
        using var process = Process.Start(new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return (await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }
    }
}
