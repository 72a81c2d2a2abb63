using Workbench.Sdk;

namespace Workbench.Plugins.Binance.Tests;

public sealed class BinanceEndpointsTests
{
    private static readonly Dictionary<string, Uri> None = [];

    [Theory]
    [InlineData(VenueEnvironment.Live, "https://api.binance.com/api/v3/time", "wss://stream.binance.com:9443/stream", "wss://ws-api.binance.com/ws-api/v3")]
    [InlineData(VenueEnvironment.Testnet, "https://testnet.binance.vision/api/v3/time", "wss://stream.testnet.binance.vision/stream", "wss://ws-api.testnet.binance.vision/ws-api/v3")]
    [InlineData(VenueEnvironment.Demo, "https://demo-api.binance.com/api/v3/time", "wss://demo-stream.binance.com/stream", "wss://demo-ws-api.binance.com/ws-api/v3")]
    public void Environment_has_the_documented_addresses(VenueEnvironment environment, string rest, string stream, string api)
    {
        var endpoints = BinanceEndpoints.For(environment, None);
        endpoints.Rest("/api/v3/time", "").ToString().ShouldBe(rest);
        endpoints.Stream.AbsoluteUri.ShouldBe(stream);
        endpoints.Api.AbsoluteUri.ShouldBe(api);
    }

    [Fact]
    public void Simulator_without_addresses_is_refused_by_name() =>
        Should.Throw<ArgumentException>(() => BinanceEndpoints.For(VenueEnvironment.Simulator, new Dictionary<string, Uri> { ["rest"] = new("http://x") }))
            .Message.ShouldContain("stream, api");

    [Theory]
    [InlineData("ws://h:1", "ws://h:1/stream")]
    [InlineData("ws://h:1/", "ws://h:1/stream")]
    [InlineData("ws://h:1/stream", "ws://h:1/stream")]
    [InlineData("ws://h:1/binance", "ws://h:1/binance/stream")]
    public void Stream_address_may_be_written_with_and_without_its_path(string configured, string expected) =>
        BinanceEndpoints.For(VenueEnvironment.Live, new Dictionary<string, Uri> { ["stream"] = new(configured) }).Stream.AbsoluteUri.ShouldBe(expected);

    [Fact]
    public void Query_goes_on_the_wire_as_it_was_signed()
    {
        var address = BinanceEndpoints.For(VenueEnvironment.Live, None).Rest("/api/v3/order", "a=%2D%7E%2fx&b=%5B");
        address.PathAndQuery.ShouldBe("/api/v3/order?a=%2D%7E%2fx&b=%5B");
    }
}
