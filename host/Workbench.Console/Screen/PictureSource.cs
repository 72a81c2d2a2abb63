using Workbench.Core.Views;
using Workbench.Sdk;
using Workbench.Tui.Text;

namespace Workbench.Tui.Screen;

/// <summary>Takes pictures of the source. When the source fails, the last picture stays and says that it is not new.</summary>
internal sealed class PictureSource(IConsoleSource source, ConsoleOptions options)
{
    private Picture? _last;

    public Picture Take()
    {
        try
        {
            return _last = new Picture
            {
                Engine = source.Snapshot(),
                Log = source.Log(),
                Environment = source.Environment,
                Version = source.Version,
                StaleAfter = options.StaleAfter,
            };
        }
#pragma warning disable CA1031 // boundary: console source
        catch (Exception e)
#pragma warning restore CA1031
        {
            var problem = $"these numbers are old: the engine's state cannot be read ({e.GetType().Name}: {SafeText.Of(e.Message, 120)})";
            if (_last?.Problem != problem)
            {
                options.ReportError("snapshot", e);
            }

            return _last = (_last ?? Nothing()) with { Problem = problem };
        }
    }

    private Picture Nothing() => new()
    {
        Engine = new EngineSnapshot
        {
            Now = Timestamp.Now(options.Time),
            Connections = [],
            Routes = [],
            Quotes = [],
            Orders = [],
            Fills = [],
            Positions = [],
            Events = [],
        },
        Log = ConsoleLog.Empty,
        Environment = "?",
        Version = "?",
        StaleAfter = options.StaleAfter,
    };
}
