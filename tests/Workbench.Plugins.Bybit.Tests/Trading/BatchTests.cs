using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Trading;

public sealed class BatchTests
{
    [Fact]
    public void E24_Connector_knows_no_batch_endpoint()
    {
        // The venue's words for one would stand in the assembly, as UTF-16 text or as UTF-8 bytes.
        var assembly = File.ReadAllBytes(typeof(BybitConnector).Assembly.Location).AsSpan();
        assembly.IndexOf(Encoding.UTF8.GetBytes("/order")).ShouldBe(-1, "paths are UTF-16 text");
        assembly.IndexOf(Encoding.Unicode.GetBytes("/order")).ShouldBePositive();
        foreach (var word in (string[])["-batch", "batchOrders", "orderList/"])
        {
            assembly.IndexOf(Encoding.UTF8.GetBytes(word)).ShouldBe(-1, word);
            assembly.IndexOf(Encoding.Unicode.GetBytes(word)).ShouldBe(-1, word);
        }
    }

    [Fact]
    public void E24_Contract_has_no_call_that_takes_several_orders() =>
        typeof(ITradingConnector).GetMethods().SelectMany(m => m.GetParameters()).Select(p => p.ParameterType)
            .ShouldAllBe(t => t == typeof(CancellationToken) || t == typeof(NewOrder) || t == typeof(AmendOrder) || t == typeof(OrderReference) || t == typeof(Instrument) || t == typeof(IUserStreamSession));
}
