namespace TreePush.Cli.Tests.EndToEnd;

/// <summary>Commands as users give them to treepush.</summary>
internal static class Commands
{
    public static string Rsync(string path, string destination) =>
        $"""rsync -avz -e "ssh -o StrictHostKeyChecking=no -p $TPUSH_PORT" {path} $TPUSH_USER@$TPUSH_HOST:{destination}""";

    public static string Rsync(Payload payload) => Rsync(payload.Path, payload.Path);

    public static string Scp(Payload payload) =>
        $"scp -o StrictHostKeyChecking=no -P $TPUSH_PORT {payload.Path} $TPUSH_USER@$TPUSH_HOST:{payload.Path}";

    /// <summary>Unlike rsync, it never loses what the target has to say.</summary>
    public static string Cat(Payload payload) =>
        $"""ssh -o StrictHostKeyChecking=no -p $TPUSH_PORT $TPUSH_USER@$TPUSH_HOST 'cat >{payload.Path}' <{payload.Path}""";
}
