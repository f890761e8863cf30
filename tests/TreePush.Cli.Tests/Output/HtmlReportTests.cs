using TreePush.Cli.Output.Html;
using TreePush.Engine.Pushing;

namespace TreePush.Cli.Tests.Output;

public sealed class HtmlReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("treepush-report-");

    [Fact]
    public void Report_is_written_where_there_was_none()
    {
        Report().Write(In("report.html"), 0).Should().BeNull();

        _folder.GetFiles().Should().ContainSingle().Which.Name.Should().Be("report.html");
    }

    [Fact]
    public void Report_takes_the_place_of_an_older_one_and_leaves_nothing_beside_it()
    {
        File.WriteAllText(In("report.html"), "old");

        Report().Write(In("report.html"), 0).Should().BeNull();

        File.ReadAllText(In("report.html")).Should().StartWith("<!doctype html>").And.EndWith("</html>\n");
        _folder.GetFiles().Should().ContainSingle();
    }

    [Fact]
    public void Link_to_a_report_keeps_pointing_to_it()
    {
        File.WriteAllText(In("target.html"), "old");
        File.CreateSymbolicLink(In("latest.html"), "target.html");

        Report().Write(In("latest.html"), 0).Should().BeNull();

        new FileInfo(In("latest.html")).LinkTarget.Should().Be("target.html");
        File.ReadAllText(In("target.html")).Should().StartWith("<!doctype html>");
    }

    [Fact]
    public void Device_stays_a_device()
    {
        Report().Write("/dev/null", 0).Should().BeNull();

        File.ReadAllText("/dev/null").Should().BeEmpty();
    }

    [Fact]
    public void Report_that_cannot_be_written_is_a_problem_with_a_hint()
    {
        Directory.CreateDirectory(In("taken"));

        var problem = Report().Write(In("taken"), 0);

        problem!.What.Should().Contain("can't be written");
        problem.Hint.Should().NotBeNull();
        _folder.GetFileSystemInfos().Should().ContainSingle("nothing half written stays behind");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static HtmlReport Report()
    {
        var run = SimulatedRun.Of(5);
        var report = new HtmlReport(new PushReportFold(run.Request, (PushWork)run.Request.Work, run.Served));
        foreach (var happened in run.Events) report.OnEvent(happened);
        return report;
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
