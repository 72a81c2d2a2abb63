namespace Workbench.Simulator.Binance.Streams;

/// <summary>A stream that is published at intervals rather than event by event.</summary>
internal interface IStreamFeed
{
    StreamChannel Channel { get; }

    void OnTick(long nowMicros);
}
