using System.Text.Json;
using Vivace.Contracts.Processing;
using Vivace.Runtime.Storage;

namespace Vivace.Runtime.Tests.Storage;

/// <summary>Reports that another version of the program has stored, or nobody.</summary>
public sealed class StoredReportTests
{
    private static readonly ProcessingReport Report = new()
    {
        Requested = new RequestedProcessing(ProcessingMode.Fast),
        Effective = new EffectiveProcessing(ProcessingMode.Fast, "fast-v1"),
        DecidedBy = DecidedBy.Message,
        Arm = RolloutArm.Fast,
        FlagVersion = "v",
        Path = "local",
    };

    [Theory]
    [InlineData("\"decidedBy\":\"message\"", "\"decidedBy\":\"oracle\"")]
    [InlineData("\"arm\":\"fast\"", "\"arm\":\"both\"")]
    [InlineData("\"arm\":\"fast\",", "")]
    [InlineData("\"path\":\"local\"", "\"path\":7")]
    public void What_is_not_known_leaves_how_the_turn_was_served(string word, string by)
    {
        var stored = StoredReport.Write(Report);
        Assert.Contains(word, stored, StringComparison.Ordinal);
        Assert.Equal(Report.Effective, StoredReport.Read(stored.Replace(word, by, StringComparison.Ordinal)).Effective);
    }

    [Theory]
    [InlineData("\"mode\":\"faster\"")]
    [InlineData("\"mode\":7")]
    public void A_mode_that_is_not_known_is_reported_as_default(string mode)
        => Assert.Equal(
            new EffectiveProcessing(ProcessingMode.Default, "fast-v1"),
            StoredReport.Read(StoredReport.Write(Report).Replace("\"mode\":\"fast\"", mode, StringComparison.Ordinal)).Effective);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"effective\":7}")]
    [InlineData("{\"effective\":{\"mode\":\"fast\"}}")]
    [InlineData("{\"effective\":{\"mode\":\"fast\",\"profile\":7}}")]
    public void What_is_no_report_is_refused(string stored) => Assert.ThrowsAny<JsonException>(() => StoredReport.Read(stored));

    [Fact]
    public void A_known_report_comes_back_whole()
    {
        var read = StoredReport.Read(StoredReport.Write(Report));
        Assert.Equal((Report.Requested, Report.Effective, Report.DecidedBy, Report.Arm, Report.FlagVersion), (read.Requested, read.Effective, read.DecidedBy, read.Arm, read.FlagVersion));
    }
}
