using Workbench.Simulator.Flow;
using Workbench.Simulator.Tapes;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Server;

/// <summary>What moves a venue: the synthetic market, a wire capture, or a table of trades or klines.</summary>
internal sealed class VenueMarket : IAsyncDisposable
{
    private readonly CaptureMirror? _mirror;
    private readonly TableTape? _table;

    private VenueMarket(IReadOnlyList<Instrument> instruments, IMarketFlow flow, CapturePlayer? capture)
    {
        Instruments = instruments;
        Flow = flow;
        Capture = capture;
        _mirror = flow as CaptureMirror;
        _table = flow as TableTape;
    }

    public IReadOnlyList<Instrument> Instruments { get; }
    public IMarketFlow Flow { get; }
    public CapturePlayer? Capture { get; }
    public ITape? Tape => (ITape?)Capture ?? _table;

    public static VenueMarket Create(VenueOptions options, ulong sharedSeed, ulong venueSeed, TimeProvider time)
    {
        if (options.TapePath is not { } path)
        {
            var instruments = DefaultInstruments.Create(options.Instruments ?? DefaultInstruments.Names, options.SymbolCount, sharedSeed);
            return new VenueMarket(instruments, new SyntheticFlow(sharedSeed, venueSeed), null);
        }

        if (TapeFile.IsTable(path))
        {
            var table = new TableTape(path, options.TapeSymbol, options.TapeSpeed, options.TapeLongestGap, venueSeed);
            return new VenueMarket([table.Instrument], table, null);
        }

        if (!TapeFile.IsCapture(path))
        {
            throw new TapeException(path, "it is neither a wire capture (.jsonl, .jsonl.gz) nor a table (.csv, .csv.gz)");
        }

        var capture = new CapturePlayer(path, options.Dialect, new TapeSchedule(options.TapeSpeed, options.TapeLongestGap), time);
        return new VenueMarket([.. capture.Instruments], new CaptureMirror(), capture);
    }

    public void Start(VenueHandle handle, IDialect dialect)
    {
        if (Capture is not null && dialect.CaptureSink is { } sink)
        {
            _mirror!.Attach(handle.Venue);
            Capture.Start(sink, _mirror, handle.Faults);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _table?.Dispose();
        if (Capture is not null)
        {
            await Capture.DisposeAsync().ConfigureAwait(false);
        }
    }
}
