namespace Workbench.Storage;

/// <summary>The collections of the history file.</summary>
internal static class HistoryCollections
{
    public const string Orders = "orders";
    public const string Fills = "fills";
    public const string Errors = "errors";
}
