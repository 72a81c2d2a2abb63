using Workbench.Simulator.Faults;
using Workbench.Simulator.Matching;
using Workbench.Simulator.Server;

namespace Workbench.Faults.Tests.Rigging;

/// <summary>What a simulated venue itself knows: not what it answers, and untouched by every fault.</summary>
internal sealed class VenueTruth
{
    private readonly Account _account;

    public VenueTruth(VenueHandle handle)
    {
        Handle = handle;
        _account = handle.Venue.Credentials[handle.ApiKey].Account;
        handle.Faults.Tally = Wire;
    }

    public VenueHandle Handle { get; }

    /// <summary>What arrived on the wire since the rig started.</summary>
    public RequestTally Wire { get; } = new();

    /// <summary>Every order that reached the engine, by the time of its arrival.</summary>
    public IReadOnlyList<VenueOrder> Orders => Handle.Venue.Execute(_ => (IReadOnlyList<VenueOrder>)[.. _account.Orders.OrderBy(o => o.Id).Select(Copy)]);

    /// <summary>Every execution, over all orders.</summary>
    public IReadOnlyList<VenueFill> Fills => [.. Orders.SelectMany(o => o.Fills)];

    /// <summary>Free and locked by asset.</summary>
    public IReadOnlyDictionary<string, (decimal Free, decimal Locked)> Balances =>
        Handle.Venue.Execute(_ => _account.Balances.Values.ToDictionary(b => b.Asset, b => (b.Free, b.Locked)));

    /// <summary>The best bid and ask of a market, in the venue's spelling.</summary>
    public (decimal Bid, decimal Ask) Top(string symbol) => Handle.Venue.Execute(_ =>
    {
        var top = Handle.Venue.Market(symbol)!.Book.Top;
        return (top.BidPrice, top.AskPrice);
    });

    /// <summary>Requests that would create an order, as they arrived.</summary>
    public int OrderRequests => Wire.Count(RequestKinds.Orders);

    /// <summary>How often the faults struck, going on and off left aside.</summary>
    public int Strikes(string fault) => Handle.Faults.Transcript.Count(r => r.Fault == fault && r.Strike > 0);

    private static VenueOrder Copy(Simulator.Matching.Order order) => new(
        order.ClientId, order.Symbol, order.Side == Side.Buy, order.Status.ToString(), order.IsOpen, order.Quantity, order.Executed,
        [.. (order.Fills ?? []).Select(f => new VenueFill(order.ClientId, f.Symbol, f.Side == Side.Buy, f.Price, f.Quantity))]);
}

/// <summary>An order as its venue has it.</summary>
internal sealed record VenueOrder(string ClientId, string Symbol, bool IsBuy, string Status, bool IsOpen, decimal Quantity, decimal Executed, IReadOnlyList<VenueFill> Fills);

/// <summary>An execution as its venue has it.</summary>
internal sealed record VenueFill(string ClientId, string Symbol, bool IsBuy, decimal Price, decimal Quantity);
