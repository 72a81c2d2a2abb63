namespace Workbench.Sdk.Tests;

/// <summary>Randomness that can be had again: every seed is printed with the test that used it.</summary>
internal static class Seeds
{
    public static Random New(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    /// <summary>A decimal of up to so many digits, with a point anywhere.</summary>
    public static decimal Decimal(this Random random, int digits, int maxScale)
    {
        var mantissa = 0m;
        for (var i = random.Next(1, digits + 1); i > 0; i--)
        {
            mantissa = (mantissa * 10) + random.Next(10);
        }

        for (var scale = random.Next(maxScale + 1); scale > 0; scale--)
        {
            mantissa /= 10;
        }

        return mantissa;
    }
}
