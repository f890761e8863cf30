using TreePush.Core.Dispatching.Ftp;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Engine.Dispatching.Ftp;

/// <summary>
/// One package on its way to one FTP server. The content goes to a temporary name, which another attempt finds again; when the size is right it gets its
/// final name.
/// </summary>
internal sealed class FtpUpload(Curl curl, StagedPackage package, FtpFolder folder, Host host)
{
    /// <summary>The package's name could be too long with more to it, and hold what a URL can't.</summary>
    private readonly string _partial = $".treepush-{package.Id}.part";

    /// <summary>The name of the file that is replaced, where the server does not do that by itself.</summary>
    private readonly string _aside = $".treepush-{package.Id}.old";

    private bool _isSpoiled;

    private string What => $"send {DisplayText.Line(package.Name)} to {host}";

    /// <summary>The full path of the folder as the server told it, or else as the rule has it.</summary>
    public string FullFolder { get; private set; } = folder.ToString();

    /// <summary>Whether the password went over the network in clear.</summary>
    public bool WasInClear { get; private set; }

    /// <summary>Goes on with what is there from the last attempt; if that has the wrong size, the next attempt begins anew.</summary>
    /// <returns>Null if the file is in place.</returns>
    public async Task<Failure?> RunAsync(CancellationToken ct) => await SendAsync(ct) ?? await RenameAsync(ct);

    private async Task<Failure?> SendAsync(CancellationToken ct)
    {
        var config = curl.At(folder, _partial).Add("upload-file", package.File).Add("ftp-create-dirs").Add("quote", $"-*SIZE {_partial}").Add("quote", "-*PWD");
        // A server that still writes what an earlier connection sent must not write it into this file.
        if (_isSpoiled) config.Add("quote", $"+*DELE {_partial}");
        else config.Add("continue-at", "-");
        var dialog = await curl.AskAsync(config, ct);
        WasInClear = dialog.IsInClear;
        if (dialog.Status != 0) return FtpDiagnosis.Of(dialog, What);
        if (dialog.FromEnd(0).Folder() is { } path) FullFolder = path;
        var failure = SizeFailure(dialog.FromEnd(1).Size() ?? FtpListing.SizeOf(_partial, await curl.FetchAsync(curl.At(folder, "").Add("request", "LIST -a"), ct)));
        _isSpoiled = failure is not null;
        return failure;
    }

    private Failure? SizeFailure(long? size) => size switch
    {
        null => new Failure(FailureKind.HostUnusable, $"could not {What} over FTP: the server does not tell how large the file is there, so that nothing proves that it is whole"),
        { } there when there != package.Size => new Failure(FailureKind.ConnectionLost, $"could not {What} over FTP: {there} bytes are there in place of {package.Size}"),
        _ => null,
    };

    private async Task<Failure?> RenameAsync(CancellationToken ct)
    {
        var dialog = await curl.AskAsync(Commands($"RNFR {PathOf(_partial)}", $"RNTO {PathOf(package.Name)}"), ct);
        if (dialog.Status == 0) return null;
        bool refused = dialog.Status == 21 && dialog.Replies.Any(r => r.Code == 350);
        return refused ? await ReplaceAsync(dialog, ct) : FtpDiagnosis.Of(dialog, What);
    }

    /// <summary>Puts the old file aside first, as some servers rename nothing over a file that exists. Wherever this ends, one of the two files is there whole.</summary>
    /// <param name="refusal">What the server said to the renaming.</param>
    private async Task<Failure?> ReplaceAsync(FtpDialog refusal, CancellationToken ct)
    {
        // A folder has no size, and stays where it is.
        var aside = await curl.AskAsync(Commands("TYPE I", $"SIZE {PathOf(package.Name)}", $"RNFR {PathOf(package.Name)}", $"RNTO {PathOf(_aside)}"), ct);
        if (aside.Status != 0) return RenameFailure(refusal);
        var dialog = await curl.AskAsync(Commands($"RNFR {PathOf(_partial)}", $"RNTO {PathOf(package.Name)}", $"*DELE {PathOf(_aside)}"), ct);
        if (dialog.Status == 0) return null;
        await curl.AskAsync(Commands($"RNFR {PathOf(_aside)}", $"RNTO {PathOf(package.Name)}"), CancellationToken.None);
        return RenameFailure(dialog);
    }

    private Failure RenameFailure(FtpDialog dialog) => dialog.Status != 21 ? FtpDiagnosis.Of(dialog, What) : new Failure(
        FailureKind.TargetConflict, $"could not {What} over FTP: it can't have its name there: {DisplayText.Line(dialog.Replies.LastOrDefault(r => r.IsRefusal).ToString())}",
        "is there a folder of this name, or a file that may not be replaced?", dialog.Status);

    private string PathOf(string name) => folder.PathOf(name);

    /// <summary>Gives commands in the folder that the login begins in, and transfers nothing.</summary>
    private CurlConfig Commands(params IEnumerable<string> commands)
    {
        var config = curl.At(FtpFolder.Of(""), "").Add("head");
        foreach (string command in commands) config.Add("quote", command);
        return config;
    }
}
