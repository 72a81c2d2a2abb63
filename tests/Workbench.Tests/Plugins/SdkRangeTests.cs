using Workbench.Plugins;

namespace Workbench.Tests.Plugins;

public sealed class SdkRangeTests
{
    [Theory]
    [InlineData(">=0.1 <0.2", "0.1", true)]
    [InlineData(">=0.1 <0.2", "0.2", false)]
    [InlineData(">=0.1 <0.2", "0.0", false)]
    [InlineData(" =0.1 ", "0.1", true)]
    [InlineData(">0.1", "0.1", false)]
    [InlineData("<=1.0", "1.0", true)]
    public void Range_contains_what_all_its_bounds_allow(string range, string version, bool contains)
    {
        SdkRange.TryParse(range, out var parsed).ShouldBeTrue();
        parsed!.Contains(Version.Parse(version)).ShouldBe(contains);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0.1")]
    [InlineData(">=")]
    [InlineData("~0.1")]
    [InlineData(">=0.1 and <0.2")]
    [InlineData(">=x.y")]
    public void Text_that_is_no_range_is_refused(string range) => SdkRange.TryParse(range, out _).ShouldBeFalse();
}
