using System.Globalization;

namespace Workbench.Tests.Configuration;

/// <summary>F11: the same file means the same wherever it is read.</summary>
public sealed class CultureTests
{
    private const string Text = Given.Smallest + "risk: { max_order_value: 1234.5, price_collar: 0.25%, stale_price_after: 1.5s }\n";
    private const string Wrong = Given.Smallest + "logging: { level: INFORMATION }\nrisk: { max_order_value: -1, price_collar: 100.5% }\nLIMITS: {}\n";

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("hostile")]
    public void F11_result_is_the_same_under_every_culture(string name)
    {
        var (value, collar, errors) = Under(CultureInfo.InvariantCulture);

        var there = Under(Culture(name));

        there.Value.ShouldBe(1234.5m);
        there.Collar.ShouldBe(0.0025m);
        (there.Value, there.Collar).ShouldBe((value, collar));
        there.Errors.ShouldBe(errors);
    }

    private static (decimal Value, decimal Collar, IReadOnlyList<string> Errors) Under(CultureInfo culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = culture;
            var config = Given.Config(Text);
            return (config.Risk.MaxOrderValue, config.Risk.PriceCollarFraction, [.. Given.Errors(Wrong).Select(e => e.ToString())]);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    // The product runs with invariant globalization, where named cultures do not exist; the hostile one swaps every number sign by hand.
    private static CultureInfo Culture(string name)
    {
        try
        {
            return name == "hostile" ? Hostile() : CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            return Hostile();
        }
    }

    private static CultureInfo Hostile()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat = new NumberFormatInfo
        {
            NumberDecimalSeparator = ",",
            NumberGroupSeparator = ".",
            NegativeSign = "~",
            PercentSymbol = "#",
            PercentDecimalSeparator = ",",
            CurrencyDecimalSeparator = ",",
        };
        return culture;
    }
}
