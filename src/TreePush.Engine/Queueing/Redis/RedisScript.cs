namespace TreePush.Engine.Queueing.Redis;

/// <summary>A script on the server, from a file of this assembly.</summary>
internal sealed class RedisScript
{
    private const string Folder = "TreePush.Redis.";
    private static readonly string Common = Read("common");

    private RedisScript(string text) => Text = text;

    public static RedisScript Submit { get; } = OfTask("submit");

    public static RedisScript Adopt { get; } = OfTask("adopt");

    public static RedisScript Claim { get; } = OfTask("claim");

    public static RedisScript Renew { get; } = OfTask("renew");

    public static RedisScript Finish { get; } = OfTask("finish");

    public static RedisScript Fail { get; } = OfTask("fail");

    public static RedisScript Release { get; } = OfTask("release");

    public static RedisScript Offer { get; } = OfTask("offer");

    public static RedisScript Withdraw { get; } = OfTask("withdraw");

    public static RedisScript Cancel { get; } = OfTask("cancel");

    public static RedisScript View { get; } = OfTask("view");

    public static RedisScript Summary { get; } = OfTask("summary");

    public static RedisScript Report { get; } = new(Read("report"));

    public static RedisScript Swap { get; } = new(Read("swap"));

    public string Text { get; }

    private static RedisScript OfTask(string name) => new(Common + Read(name));

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(RedisScript).Assembly.GetManifestResourceStream($"{Folder}{name}.lua")!);
        return reader.ReadToEnd();
    }
}
