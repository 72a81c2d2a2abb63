using System.Net;
using System.Text;
using System.Text.Json;
using Workbench.Simulator.Server;
using Workbench.Simulator.Server.Control;

namespace Workbench.Simulator.Tests.Server;

public sealed class ControlTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private SimulatorHost _simulator = null!;
    private ControlServer _control = null!;

    public async ValueTask InitializeAsync()
    {
        var options = new SimulatorOptions { Venues = [new VenueOptions { Name = "binance", Dialect = "binance" }, new VenueOptions { Name = "bybit", Dialect = "bybit" }] };
        _simulator = await SimulatorHost.StartAsync(options, TimeProvider.System);
        _control = await ControlServer.StartAsync(_simulator, 0);
        _http.BaseAddress = _control.Address;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _control.DisposeAsync();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public async Task Lists_venues_and_the_catalogue()
    {
        var venues = (await GetAsync("/venues")).GetProperty("venues").EnumerateArray().ToDictionary(v => v.GetProperty("name").GetString()!);
        venues["bybit"].GetProperty("addresses").GetProperty("rest").GetString().ShouldBe(_simulator["bybit"].Rest.ToString());

        var faults = (await GetAsync("/faults")).GetProperty("faults").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!);
        faults["latency"].GetProperty("options").EnumerateArray().Single(o => o.GetProperty("name").GetString() == "delay").GetProperty("default").GetString().ShouldBe("1s");
        (await GetAsync("/")).GetProperty("calls").GetArrayLength().ShouldBe(8);
    }

    [Fact]
    public async Task Injects_lists_and_clears()
    {
        await PostAsync("/inject", """{"venue":"binance","fault":"error-5xx","options":{"status":502,"before":true,"requests":["market-data"]}}""");
        (await new HttpClient { BaseAddress = _simulator["binance"].Rest }.GetAsync("/api/v3/time")).StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await new HttpClient { BaseAddress = _simulator["bybit"].Rest }.GetAsync("/v5/market/time")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var active = (await GetAsync("/active")).GetProperty("active").EnumerateArray().Single();
        (active.GetProperty("venue").GetString(), active.GetProperty("fault").GetString(), active.GetProperty("strikes").GetInt32()).ShouldBe(("binance", "error-5xx", 1));
        active.GetProperty("options").GetProperty("requests").GetString().ShouldBe("market-data");
        (await GetAsync("/transcript?venue=binance")).GetProperty("transcript").EnumerateArray().Last().GetProperty("what").GetString().ShouldBe("GET /api/v3/time");

        (await PostAsync("/clear", """{"fault":"error-5xx"}""")).GetProperty("active").GetArrayLength().ShouldBe(0);
        (await new HttpClient { BaseAddress = _simulator["binance"].Rest }.GetAsync("/api/v3/time")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Begins_a_schedule()
    {
        (await PostAsync("/schedule", """{"faults":[{"at":"0s","venue":"bybit","fault":"latency","delay":"10s","for":"1h"}]}""")).GetProperty("scheduled").GetInt32().ShouldBe(1);
        await Faults.RequestFaultTests.EventuallyAsync(() => _simulator["bybit"].Faults.IsActive("latency"));
        (await PostAsync("/clear", "{}")).GetProperty("active").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("/inject", """{"fault":"latncy"}""", "did you mean 'latency'?")]
    [InlineData("/inject", """{"venue":"binanse","fault":"latency"}""", "did you mean 'binance'?")]
    [InlineData("/inject", """{"fault":"latency","options":{"dealy":"1s"}}""", "did you mean 'delay'?")]
    [InlineData("/inject", """{"fault":"latency","option":{}}""", "Unknown member 'option'; did you mean 'options'?")]
    [InlineData("/inject", """{"venue":"binance"}""", "Name the fault")]
    [InlineData("/inject", "{", "The body is not right")]
    [InlineData("/inject", """{"fault":"latency","fault":"refuse"}""", "The body is not right")]
    [InlineData("/inject", "[]", "must be an object")]
    [InlineData("/clear", """{"fault":"nope"}""", "There is no fault 'nope'")]
    [InlineData("/schedule", """{"faults":[{"at":"5","fault":"latency"}]}""", "entry 1: at '5' is not a duration")]
    [InlineData("/schedule", """{"faults":[{"fault":"latency","forr":"5s"}]}""", "did you mean 'for'?")]
    [InlineData("/schedule", "{}", "Send {")]
    public async Task Wrong_requests_say_what_would_be_right_and_change_nothing(string path, string body, string hint)
    {
        var (status, answer) = await SendAsync(path, body);
        status.ShouldBe(400);
        answer.GetProperty("error").GetString()!.ShouldContain(hint);
        _simulator.Venues.Values.ShouldAllBe(v => v.Faults.Active.Count == 0);
    }

    [Fact]
    public async Task X15_foreign_hosts_and_web_pages_are_refused()
    {
        var foreign = new HttpRequestMessage(HttpMethod.Get, "/venues");
        foreign.Headers.Host = "evil.example";
        ((int)(await _http.SendAsync(foreign)).StatusCode).ShouldBe(400);

        var page = new HttpRequestMessage(HttpMethod.Post, "/clear") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        page.Headers.Add("Origin", "http://127.0.0.1:1");
        ((int)(await _http.SendAsync(page)).StatusCode).ShouldBe(403);

        using var form = new StringContent("{}", Encoding.UTF8, "text/plain");
        ((int)(await _http.PostAsync("/clear", form)).StatusCode).ShouldBe(415);
    }

    [Fact]
    public async Task X13_a_body_too_large_is_refused_and_an_unknown_call_named()
    {
        var (status, _) = await SendAsync("/inject", "{\"fault\":\"" + new string('x', 300_000) + "\"}");
        status.ShouldBe(413);
        var unknown = await _http.GetAsync("/venue");
        ((int)unknown.StatusCode).ShouldBe(404);
        (await unknown.Content.ReadAsStringAsync()).ShouldContain("GET /venues");
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        (await Should.ThrowAsync<PortInUseException>(() => ControlServer.StartAsync(_simulator, _control.Address.Port))).Port.ShouldBe(_control.Address.Port);
    }

    private async Task<JsonElement> GetAsync(string path) => JsonDocument.Parse(await _http.GetStringAsync(path)).RootElement;

    private async Task<JsonElement> PostAsync(string path, string body)
    {
        var (status, answer) = await SendAsync(path, body);
        status.ShouldBe(200, answer.ToString());
        return answer;
    }

    private async Task<(int Status, JsonElement Answer)> SendAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync(path, content);
        return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
