namespace Workbench.Configuration;

/// <summary>What a configuration file may cost to read, so that a hostile or mistaken one is refused instead of filling memory (F06).</summary>
internal static class ConfigurationLimits
{
    public const int MaxBytes = 1_048_576;
    public const int MaxDepth = 32;
    public const int MaxNodes = 20_000;
    public const int MaxKeyLength = 128;
}
