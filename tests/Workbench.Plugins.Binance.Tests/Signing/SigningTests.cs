using System.Text;
using System.Text.Json;
using Workbench.Plugins.Binance.Signing;
using Workbench.Plugins.Binance.Tests.Fakes;

namespace Workbench.Plugins.Binance.Tests.Signing;

public sealed class SigningTests
{
    private const string Order = "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559";
    private static readonly HmacSigner Hmac = new();

    [Fact]
    public void Rest_vector_1_in_query_or_body_gives_the_documented_signature()
    {
        const string Expected = "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71";
        SignatureText.OfRest(Hmac, Encoding.UTF8.GetBytes(Order), []).ShouldBe(Expected);
        SignatureText.OfRest(Hmac, [], Encoding.UTF8.GetBytes(Order)).ShouldBe(Expected);
    }

    [Fact]
    public void Rest_vector_2_with_a_foreign_symbol_is_percent_encoded_before_it_is_signed()
    {
        var form = new FormWriter().Add("symbol"u8, "１２３４５６").Add("side"u8, "BUY").Add("type"u8, "LIMIT"u8).Add("timeInForce"u8, "GTC"u8)
            .Add("quantity"u8, 1.000m).Add("price"u8, 0.10m).Add("recvWindow"u8, 5000).Add("timestamp"u8, 1499827319559);
        form.ToString().ShouldStartWith("symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY");
        SignatureText.Of(Hmac, form.Written.Span).ShouldBe("e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3");
    }

    [Fact]
    public void Rest_vector_3_split_over_query_and_body_is_signed_without_anything_between() =>
        SignatureText.OfRest(Hmac, "symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC"u8, "quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559"u8)
            .ShouldBe("0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77");

    public static TheoryData<string, string, string> ApiVectors => new()
    {
        { "timestamp=1645423376532,recvWindow=100,symbol=BTCUSDT,side=SELL,type=LIMIT,timeInForce=GTC,quantity=0.01000000,price=52000.00", "4", "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24" },
        { "timestamp=1645423376532,recvWindow=5000,symbol=１２３４５６,side=BUY,type=LIMIT,timeInForce=GTC,quantity=1.00000000,price=0.10000000", "5", "b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd" },
        { "timestamp=1649729878532", "6", "1cf54395b336b0a9727ef27d5d98987962bc47aca6e13fe978612d0adee066ed" },
        { "timestamp=1660801715431,symbol=BTCUSDT,side=SELL,type=LIMIT,timeInForce=GTC,quantity=0.00847000,price=23416.10000000", "7", "15af09e41c36f3cc61378c2fbe2c33719a03dd5eba8d0f9206fbda44de717c88" },
        { "timestamp=1747385641636", "8", "681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e" },
    };

    [Theory]
    [MemberData(nameof(ApiVectors))]
    public void Api_vector_is_sorted_and_not_percent_encoded(string parameters, string number, string expected)
    {
        var request = new ApiRequest(1, "order.place").With("apiKey", Hmac.ApiKey);
        foreach (var pair in parameters.Split(',').Select(p => p.Split('=')))
        {
            _ = pair[0] is "timestamp" or "recvWindow" ? request.With(pair[0], long.Parse(pair[1], System.Globalization.CultureInfo.InvariantCulture)) : request.With(pair[0], pair[1]);
        }

        SignatureText.Of(Hmac, Encoding.UTF8.GetBytes(request.Payload())).ShouldBe(expected, $"vector {number}");
    }

    [Fact]
    public void Ed25519_rest_signature_is_base64_and_percent_encoded_on_the_wire()
    {
        const string Payload = "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=0.2&timestamp=1668481559918&recvWindow=5000";
        const string Signature = "XtZirsmmi0noRzUfkqktvkVfxpkq/WtbLg2UOL3QGYdUBZVlqOBEMuEVw8zioY93N54NcKj9UuAXQEa9zgTDBg==";
        var signer = new Ed25519VectorSigner("key", new Dictionary<string, string> { [Payload] = Signature });
        var form = new FormWriter().Add("symbol"u8, "BTCUSDT").Add("side"u8, "SELL"u8).Add("type"u8, "LIMIT"u8).Add("timeInForce"u8, "GTC"u8)
            .Add("quantity"u8, 1m).Add("price"u8, 0.2m).Add("timestamp"u8, 1668481559918).Add("recvWindow"u8, 5000);
        var text = SignatureText.Of(signer, form.Written.Span);
        text.ShouldBe(Signature);
        form.Add("signature"u8, text).ToString().ShouldEndWith("&signature=XtZirsmmi0noRzUfkqktvkVfxpkq%2FWtbLg2UOL3QGYdUBZVlqOBEMuEVw8zioY93N54NcKj9UuAXQEa9zgTDBg%3D%3D");
    }

    [Theory]
    [InlineData("apiKey=4yNzx3yWC5bS6YTwEkSRaC0nRmSQIIStAUOh1b6kqaBrTLIhjCpI5lJH8q8R8WNO&timestamp=1649729878532", "NBJq5sX1RkU7ta3XDctruMgnrhyBcouMvvPIxxQSCUbVWxhp3ai6W7a0Iip/3nOwmJxkVIv6n20cekYCOa5qAg==")]
    [InlineData("apiKey=4yNzx3yWC5bS6YTwEkSRaC0nRmSQIIStAUOh1b6kqaBrTLIhjCpI5lJH8q8R8WNO&price=52000.00&quantity=0.01000000&recvWindow=100&side=SELL&symbol=BTCUSDT&timeInForce=GTC&timestamp=1645423376532&type=LIMIT", "Ws+5m/CMnpkko0uBFxGTZ2+fjqqBXsUjRiaz173fPhXTkhoDBYNZ6wcYNeWItdrGn1pvG7vkwx2fhmJdAZ3KDQ==")]
    public void Ed25519_api_signature_is_plain_base64(string payload, string signature)
    {
        var pairs = payload.Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        var signer = new Ed25519VectorSigner(pairs["apiKey"], new Dictionary<string, string> { [payload] = signature });
        var request = new ApiRequest(1, "session.logon");
        foreach (var (name, value) in pairs.Reverse())
        {
            request.With(name, value);
        }

        request.With("signature", SignatureText.Of(signer, Encoding.UTF8.GetBytes(request.Payload())));
        using var json = JsonDocument.Parse(request.ToUtf8());
        json.RootElement.GetProperty("params").GetProperty("signature").GetString().ShouldBe(signature);
        Encoding.UTF8.GetString(request.ToUtf8().Span).ShouldContain(signature);
    }

    [Theory]
    [InlineData("a b+c", "a%20b%2Bc")]
    [InlineData("[\"A\"]", "%5B%22A%22%5D")]
    [InlineData("-_.~Az09", "-_.~Az09")]
    public void Values_are_escaped_by_rfc_3986(string value, string expected) => new FormWriter().Add("v"u8, value).ToString().ShouldBe("v=" + expected);

    [Fact]
    public void Long_values_are_escaped_whole()
    {
        var value = string.Concat(Enumerable.Repeat("é/", 400));
        new FormWriter().Add("v"u8, value).ToString().ShouldBe("v=" + Uri.EscapeDataString(value));
    }
}
