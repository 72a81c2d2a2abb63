using System.Buffers.Text;
using System.Text;

namespace Workbench.Benchmarks.Orders;

/// <summary>The whole answer to an order, prepared; only the ids are written in. The venue's FULL form with one fill.</summary>
internal sealed class OrderAnswer
{
    private const string ClientId = "wxxxxxxxxxxxxxxxx";
    private const long FirstOrder = 1_000_000_000;
    private const long FirstTrade = 2_000_000_000;

    private const string Body =
        """{"symbol":"BTCUSDT","orderId":1000000000,"orderListId":-1,"clientOrderId":"wxxxxxxxxxxxxxxxx","transactTime":1723161253413,"price":"61234.57000000","origQty":"0.00100000","executedQty":"0.00100000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"61.23457000","status":"FILLED","timeInForce":"GTC","type":"LIMIT","side":"BUY","workingTime":1723161253413,"fills":[{"price":"61234.57000000","qty":"0.00100000","commission":"0.00000100","commissionAsset":"BTC","tradeId":2000000000}],"selfTradePreventionMode":"EXPIRE_MAKER"}""";

    private readonly byte[] _bytes = StubReads.Http(Body);
    private readonly int _clientAt;
    private readonly int _orderAt;
    private readonly int _tradeAt;

    public OrderAnswer()
    {
        _clientAt = Find(ClientId);
        _orderAt = Find($"{FirstOrder}");
        _tradeAt = Find($"{FirstTrade}");
    }

    /// <summary>The answer to the order with these parameters. Both clients use ids of one length.</summary>
    public ReadOnlySpan<byte> To(ReadOnlySpan<byte> form, long number)
    {
        var name = "newClientOrderId="u8;
        form.Slice(form.IndexOf(name) + name.Length, ClientId.Length).CopyTo(_bytes.AsSpan(_clientAt));
        Utf8Formatter.TryFormat(FirstOrder + number, _bytes.AsSpan(_orderAt), out _);
        Utf8Formatter.TryFormat(FirstTrade + number, _bytes.AsSpan(_tradeAt), out _);
        return _bytes;
    }

    private int Find(string text) => _bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text));
}
