using Workbench.Configuration;
using Workbench.Core;
using Workbench.Core.Risk.Kill;

namespace Workbench.Control;

/// <summary>How the host is, for a person at another terminal.</summary>
internal sealed class StatusReport(WorkbenchEngine engine, WorkbenchConfig config)
{
    public void Write(ControlReply reply)
    {
        var snapshot = engine.Snapshot();
        reply.Text($"workbench in {config.Environment.ToString().ToLowerInvariant()}, process {Environment.ProcessId}{(engine.Failure is { } failure ? $", the trading pipeline has failed: {failure.Message}" : "")}");
        if (snapshot.Kill is { } kill)
        {
            reply.Text($"THE KILL SWITCH IS ENGAGED: {KillSwitch.Text(kill)}");
        }

        foreach (var connection in snapshot.Connections)
        {
            reply.Text($"connection {connection.Id}: {connection.State}{(connection.Reason is { Length: > 0 } reason ? $", {reason}" : "")}");
        }

        foreach (var route in snapshot.Routes)
        {
            reply.Text($"route {route.Symbol}: data {route.Data?.ToString() ?? "none"}, orders {route.Trading?.ToString() ?? "none"}");
        }

        var open = snapshot.Orders.Where(o => !o.IsDone).ToList();
        reply.Text($"open orders: {open.Count}");
        foreach (var order in open)
        {
            reply.Text($"  {order.Id} {order.Request.Side} {order.Quantity} {order.Request.Symbol} at {order.Connection?.ToString() ?? "no venue yet"}: {order.Knowledge}, filled {order.FilledQuantity}");
        }
    }
}
