using TreePush.Core.Alerts;

namespace TreePush.Engine.Tests.Alerts;

internal static class Sample
{
    public static readonly Alert Alert = new("treepush dispatch on tower: 3 errors within 90 s", new DateTimeOffset(2026, 11, 27, 10, 0, 0, TimeSpan.Zero), 7,
        [new(new DateTimeOffset(2026, 11, 27, 9, 59, 0, TimeSpan.Zero), "web1: the disk is full"), new(new DateTimeOffset(2026, 11, 27, 10, 0, 0, TimeSpan.Zero), "web2: größer; $(id)")]);

    public static AlertTrigger Trigger() => new(AlertStrategy.Parse("{60: 1}", "", [])!, "test", TimeSpan.Zero);
}
