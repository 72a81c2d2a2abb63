using System.Globalization;

namespace Workbench.Cli;

/// <summary>Durations as they are written on the command line.</summary>
internal static class Durations
{
    /// <exception cref="UserErrorException">The text is not a duration.</exception>
    public static TimeSpan Parse(string option, string text)
    {
        var (unit, length) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (TimeSpan.FromMilliseconds(1), 2),
            _ when text.EndsWith('s') => (TimeSpan.FromSeconds(1), 1),
            _ when text.EndsWith('m') => (TimeSpan.FromMinutes(1), 1),
            _ when text.EndsWith('h') => (TimeSpan.FromHours(1), 1),
            _ => (TimeSpan.Zero, 0),
        };
        return length > 0 && int.TryParse(text.AsSpan(0, text.Length - length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? unit * number
            : throw new UserErrorException($"{option} {text}: expected a duration with a unit, such as 500ms, 30s, 5m or 1h");
    }
}
