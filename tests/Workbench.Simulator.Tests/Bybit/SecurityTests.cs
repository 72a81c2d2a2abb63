using System.Net;
using System.Security.Cryptography;
using System.Text;
using Workbench.Simulator.Bybit;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Tests.Bybit;

public sealed class SecurityTests
{
    private static readonly IPAddress Elsewhere = IPAddress.Parse("10.1.2.3");

    [Fact]
    public async Task S22_03_the_clock_check_can_be_switched_off()
    {
        var options = BybitBench.With(new BybitOptions { ChecksTimestamps = false });
        await using var bench = await BybitBench.StartAsync(nowMillis: 1_790_000_000_000, options);
        (await bench.Client.SignedAsync(HttpMethod.Get, "/v5/account/info", "", "1700000000000")).Code.ShouldBe(0);
        using var socket = await bench.Client.ConnectAsync("private");
        (await socket.AskAsync(bench.Client.AuthMessage(1_700_000_000_000))).Get("success").ShouldBe("True");
    }

    [Theory]
    [InlineData("error-5xx", "502", "html", 502, '<')]
    [InlineData("error-5xx", "503", "empty", 503, ' ')]
    [InlineData("banned", "403", "html", 403, '<')]
    public async Task S22_04_transport_errors_can_be_injected(string fault, string status, string body, int expected, char first)
    {
        await using var bench = await BybitBench.StartAsync();
        await bench.Faults.InjectAsync(fault, new Dictionary<string, string> { ["status"] = status, ["body"] = body, ["count"] = "1" });
        var reply = await bench.Client.LimitAsync("Buy", "0.01", "59000");
        (reply.Status, reply.Text.FirstOrDefault(' ')).ShouldBe((expected, first));
        (await bench.Client.LimitAsync("Buy", "0.01", "59000")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task S22_05_a_key_bound_to_other_addresses_is_refused_everywhere()
    {
        await using var bench = await BybitBench.StartAsync();
        var key = bench.Venue.Credentials[BybitBench.Key];
        bench.Venue.SetCredential(key with { Addresses = [Elsewhere] });
        (await bench.Client.PrivateGetAsync("/v5/account/info")).Code.ShouldBe(10010);
        (await bench.Client.LimitAsync("Buy", "0.01", "59000")).Code.ShouldBe(10010);
        foreach (var name in (string[])["private", "trade"])
        {
            using var socket = await bench.Client.ConnectAsync(name);
            (await socket.AskAsync(bench.Client.AuthMessage(1_700_000_010_000))).GetRawText().ShouldContain("Unmatched IP");
            (await socket.ReceiveTextAsync()).ShouldBeNull(name);
        }

        bench.Venue.SetCredential(key with { Addresses = [Elsewhere, IPAddress.Loopback] });
        var report = await bench.Client.PrivateGetAsync("/v5/user/query-api");
        report.Result.GetProperty("ips").GetRawText().ShouldBe("[\"10.1.2.3\",\"127.0.0.1\"]");
    }

    [Fact]
    public async Task S22_05_the_default_key_can_be_bound_by_the_venues_settings()
    {
        var options = new SimulatorOptions { Venues = [BybitBench.With(new BybitOptions { AllowedAddresses = ["10.1.2.3"] })] };
        await using var host = await SimulatorHost.StartAsync(options, TimeProvider.System);
        using var client = new BybitTestClient(host["bybit"], host["bybit"].ApiKey, host["bybit"].ApiSecret);
        (await client.PrivateGetAsync("/v5/account/info")).Code.ShouldBe(10010);
        var wrong = new SimulatorOptions { Venues = [BybitBench.With(new BybitOptions { AllowedAddresses = ["nowhere"] })] };
        await Should.ThrowAsync<SimulatorOptionsException>(() => SimulatorHost.StartAsync(wrong, TimeProvider.System));
    }

    [Fact]
    public async Task S22_07_limit_and_ban_are_as_configured_and_the_ban_is_not_prolonged()
    {
        var options = BybitBench.With(new BybitOptions { MaxRequestsPerFiveSeconds = 3, AddressBan = TimeSpan.FromSeconds(30) });
        await using var bench = await BybitBench.StartAsync(options: options);
        async Task<int> StatusAsync() => (await bench.Client.GetAsync("/v5/market/time")).Status;
        (await StatusAsync(), await StatusAsync(), await StatusAsync()).ShouldBe((200, 200, 200));
        bench.Time.Advance(TimeSpan.FromSeconds(5));
        (await StatusAsync(), await StatusAsync(), await StatusAsync(), await StatusAsync()).ShouldBe((200, 200, 200, 403));
        bench.Time.Advance(TimeSpan.FromSeconds(29));
        (await StatusAsync()).ShouldBe(403);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        (await StatusAsync()).ShouldBe(200);
    }

    [Fact]
    public async Task Connects_of_one_address_are_counted_over_five_minutes()
    {
        var options = BybitBench.With(new BybitOptions { MaxConnectionsPerFiveMinutes = 2 });
        await using var bench = await BybitBench.StartAsync(options: options);
        using var first = await bench.Client.ConnectAsync("public");
        using var second = await bench.Client.ConnectAsync("private");
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => bench.Client.ConnectAsync("public"));
        bench.Time.Advance(TimeSpan.FromMinutes(5));
        using var third = await bench.Client.ConnectAsync("public");
    }

    [Fact]
    public async Task A_registered_rsa_key_signs_with_pkcs1_in_base64()
    {
        await using var bench = await BybitBench.StartAsync();
        using var rsa = RSA.Create(2048);
        bench.Venue.SetCredential(new ApiCredential("rsa-key", CredentialKind.Rsa, rsa.ExportSubjectPublicKeyInfo(), bench.Account));
        async Task<int> AskAsync(string signed)
        {
            var signature = Convert.ToBase64String(rsa.SignData(Encoding.UTF8.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
            return (await bench.Client.SignedAsync(HttpMethod.Get, "/v5/account/info", "", "1700000000000", "5000", signature, "rsa-key")).Code;
        }

        (await AskAsync("1700000000000rsa-key5000")).ShouldBe(0);
        (await AskAsync("1700000000001rsa-key5000")).ShouldBe(10004);
    }
}
