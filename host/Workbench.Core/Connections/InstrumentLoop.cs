using Microsoft.Extensions.Logging;
using Workbench.Core.Pipeline;
using Workbench.Core.Resilience;
using Workbench.Sdk;

namespace Workbench.Core.Connections;

/// <summary>Reads a connection's instruments again: from time to time, and soon after somebody asked. One reading at a time, however many ask.</summary>
internal sealed class InstrumentLoop(Connection connection, PipelineInbox inbox, TimeProvider time, ILogger logger, Backoff backoff)
{
    /// <summary>So many refusals may come, there is no more than one reading in this time.</summary>
    private static readonly TimeSpan LeastApart = TimeSpan.FromSeconds(1);

    private readonly Alarm _asked = new(time);

    /// <summary>Reads soon; a reading that is under way began too early to count.</summary>
    public void Ask() => _asked.Ring();

    public async Task RunAsync(IConnector connector, CancellationToken cancellationToken)
    {
        var readAt = time.GetTimestamp();
        while (!connection.IsTape)
        {
            await WaitAsync(readAt, cancellationToken).ConfigureAwait(false);
            var schedule = new ReconnectSchedule(backoff);
            while (!await ReadAsync(connector, schedule, cancellationToken).ConfigureAwait(false))
            {
            }

            readAt = time.GetTimestamp();
        }
    }

    private async Task WaitAsync(long readAt, CancellationToken cancellationToken)
    {
        await _asked.WaitAsync(connection.Settings.InstrumentsInterval, cancellationToken).ConfigureAwait(false);
        if (LeastApart - time.GetElapsedTime(readAt) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <returns>True when the instruments were read.</returns>
    private async Task<bool> ReadAsync(IConnector connector, ReconnectSchedule schedule, CancellationToken cancellationToken)
    {
        var read = await connection.MeasureAsync(ConnectionCapability.MarketDataReads, connector.GetInstrumentsAsync(cancellationToken), "instruments").ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (read.IsOk)
        {
            inbox.Post(new InstrumentsLoaded(connection.Id, new InstrumentMap(read.Value)));
            connection.Readiness.Ask();
            return true;
        }

        logger.InstrumentsUnreadable(connection.Id, read.Error!);
        await Task.Delay(schedule.Next(read.Error), time, cancellationToken).ConfigureAwait(false);
        return false;
    }
}
