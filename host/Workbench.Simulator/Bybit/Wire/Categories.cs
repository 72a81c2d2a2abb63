namespace Workbench.Simulator.Bybit.Wire;

/// <summary>Product categories. The simulated venue trades spot and linear; the others exist and are empty.</summary>
internal static class Categories
{
    public const string Spot = "spot";
    public const string Linear = "linear";

    public static readonly IReadOnlyList<string> All = [Spot, Linear, "inverse", "option"];

    public static BybitError Check(string category) => category switch
    {
        Spot or "linear" or "inverse" or "option" => BybitError.None,
        "" => BybitError.Parameter("Request parameter error: category is required."),
        _ => BybitError.Parameter("Illegal category"),
    };

    public static BybitError CheckTrading(string category)
    {
        var error = Check(category);
        return error.IsNone && category is not (Spot or Linear)
            ? BybitError.Parameter("Not supported symbols: this simulated venue trades spot and linear only.")
            : error;
    }
}
