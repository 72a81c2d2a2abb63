using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Instruments;

/// <summary>The newest instruments that were read. Swapped whole; safe on any thread.</summary>
internal sealed class Catalogue
{
    private volatile InstrumentMap _current = InstrumentMap.Empty;

    public InstrumentMap Current
    {
        get => _current;
        set => _current = value;
    }
}
