using Workbench.Sdk;

namespace Workbench.Core.Routing;

/// <summary>A route: its settings and the controllers of its halves.</summary>
internal sealed class Route(RouteSettings settings, TimeSpan startGrace)
{
    public string Name => settings.Name;

    public IReadOnlySet<Symbol> Symbols => settings.Symbols;

    public HalfController Data { get; } = new(RouteHalf.Data, settings.Data, startGrace);

    public HalfController? Trading { get; } = settings.Trading is { } trading ? new(RouteHalf.Trading, trading, startGrace) : null;

    public IEnumerable<HalfController> Halves => Trading is null ? [Data] : [Data, Trading];

    public bool IsReady => Data.IsReady && Trading is null or { IsReady: true };
}
