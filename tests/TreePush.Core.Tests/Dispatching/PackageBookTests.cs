using TreePush.Core.Dispatching;
using TreePush.Core.Hosts;
using TreePush.Core.Runs;

namespace TreePush.Core.Tests.Dispatching;

public class PackageBookTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly HostName A = new("a"), B = new("b");
    private static readonly Failure Refused = new(FailureKind.HostRefused, "refused");

    private readonly PackageBook _book = new();

    [Fact]
    public void A_file_that_was_about_to_be_read_is_known_until_it_has_arrived()
    {
        _book.Apply(new PackageSeen(Now, "/in/p"));
        _book.Unread.Should().ContainSingle();
        Arrive();
        _book.Unread.Should().BeEmpty();
    }

    [Fact]
    public void A_package_is_done_when_all_hosts_have_installed_it()
    {
        Arrive();
        Install(A);
        Package.IsDone.Should().BeFalse();
        Package.State.Should().Be(PackageState.Arrived);
        Install(B);
        Package.Should().BeEquivalentTo(new { IsDone = true, IsFinal = true, State = PackageState.Installed });
    }

    [Fact]
    public void An_install_is_begun_once()
    {
        Arrive();
        Deliver(A);
        _book.Apply(new InstallStarted(Now, "p", A)).Should().BeTrue();
        _book.Apply(new InstallStarted(Now, "p", A)).Should().BeFalse();
    }

    [Fact]
    public void A_retry_without_a_word_for_the_install_leaves_an_unknown_install_alone()
    {
        Arrive();
        Deliver(A);
        _book.Apply(new InstallStarted(Now, "p", A));
        _book.Apply(new InstallUnknown(Now, "p", A, Refused));
        _book.Apply(new RetryAsked(Now, "p", A, Install: false)).Should().BeFalse();
        _book.Apply(new RetryAsked(Now, "p", A, Install: true)).Should().BeTrue();
        Package.Deliveries[A].State.Should().Be(PackageState.Delivered);
    }

    [Fact]
    public void What_never_was_delivered_can_not_be_asked_to_be_installed()
    {
        Arrive();
        _book.Apply(new PackageFailed(Now, "p", A, Refused));
        _book.Apply(new RetryAsked(Now, "p", A, Install: true)).Should().BeFalse();
        _book.Apply(new RetryAsked(Now, "p", A, Install: false)).Should().BeTrue();
    }

    [Fact]
    public void A_second_arrival_of_the_same_content_changes_nothing()
    {
        Arrive();
        Install(A);
        _book.Apply(Arrival).Should().BeFalse();
        Package.Deliveries[A].State.Should().Be(PackageState.Installed);
    }

    [Fact]
    public void A_failure_is_told_until_something_else_happens()
    {
        Arrive();
        _book.Apply(new DeliveryStarted(Now, "p", A, 1));
        _book.Apply(new DeliveryPostponed(Now, "p", A, Now.AddSeconds(5), Refused));
        _book.Apply(new DeliveryStarted(Now, "p", A, 2));
        Package.Deliveries[A].Should().BeEquivalentTo(new { Attempts = 2, Failure = Refused });
        _book.Apply(new PackageDelivered(Now, "p", A, "/in", "/in/p", "sha256"));
        Package.Deliveries[A].Failure.Should().BeNull();
    }

    [Fact]
    public void Steps_of_unknown_packages_and_hosts_are_passed_over()
    {
        _book.Apply(new DeliveryStarted(Now, "p", A, 1)).Should().BeFalse();
        Arrive();
        _book.Apply(new DeliveryStarted(Now, "p", new HostName("c"), 1)).Should().BeFalse();
    }

    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(4, 40)]
    [InlineData(9, 600)]
    public void Attempts_come_ever_later(int attempts, int seconds)
    {
        RetryPolicy.Default.After(attempts, FailureKind.HostRefused).Should().Be(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void The_last_attempt_is_the_last()
    {
        RetryPolicy.Default.After(RetryPolicy.Default.Attempts, FailureKind.HostRefused).Should().BeNull();
    }

    [Theory]
    [InlineData(FailureKind.HostAuthentication)]
    [InlineData(FailureKind.HostKeyMismatch)]
    public void A_login_that_was_refused_is_not_tried_again(FailureKind kind)
    {
        RetryPolicy.Default.After(1, kind).Should().BeNull();
    }

    private static PackageArrived Arrival => new(Now, "p", "p.tgz", "/in/p", 1, "hash", "p", "/opt/", [A, B], Installs: true);

    private Package Package => _book.Find("p")!;

    private void Arrive() => _book.Apply(Arrival);

    private void Deliver(HostName host)
    {
        _book.Apply(new DeliveryStarted(Now, "p", host, 1));
        _book.Apply(new PackageDelivered(Now, "p", host, "/opt", "/opt/p.tgz", "sha256"));
    }

    private void Install(HostName host)
    {
        Deliver(host);
        _book.Apply(new InstallStarted(Now, "p", host));
        _book.Apply(new PackageInstalled(Now, "p", host));
    }
}
