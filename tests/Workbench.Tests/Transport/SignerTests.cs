using System.Text;
using Workbench.Sdk;
using Workbench.Transport;

namespace Workbench.Tests.Transport;

public sealed class SignerTests
{
    // The venue's public documentation key pair, and the RFC 8032 test-1 key.
    private const string ApiKey = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    private const string Secret = "NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j";
    private const string Pem = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----";
    private const string WsKey = "4yNzx3yWC5bS6YTwEkSRaC0nRmSQIIStAUOh1b6kqaBrTLIhjCpI5lJH8q8R8WNO";

    [Theory]
    [InlineData("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71")]
    [InlineData("symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3")]
    [InlineData("symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTCquantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559", "0fd168b8ddb4876a0358a8d14d0c9f3da0e9b20c5d52b2a00fcf7d1c602f9a77")]
    [InlineData("apiKey=" + ApiKey + "&price=52000.00&quantity=0.01000000&recvWindow=100&side=SELL&symbol=BTCUSDT&timeInForce=GTC&timestamp=1645423376532&type=LIMIT", "aa1b5712c094bc4e57c05a1a5c1fd8d88dcd628338ea863fec7b88e59fe2db24")]
    [InlineData("apiKey=" + ApiKey + "&price=0.10000000&quantity=1.00000000&recvWindow=5000&side=BUY&symbol=１２３４５６&timeInForce=GTC&timestamp=1645423376532&type=LIMIT", "b33892ae8e687c939f4468c6268ddd4c40ac1af18ad19a064864c47bae0752cd")]
    [InlineData("apiKey=" + ApiKey + "&timestamp=1649729878532", "1cf54395b336b0a9727ef27d5d98987962bc47aca6e13fe978612d0adee066ed")]
    [InlineData("apiKey=" + ApiKey + "&price=23416.10000000&quantity=0.00847000&side=SELL&symbol=BTCUSDT&timeInForce=GTC&timestamp=1660801715431&type=LIMIT", "15af09e41c36f3cc61378c2fbe2c33719a03dd5eba8d0f9206fbda44de717c88")]
    [InlineData("apiKey=" + ApiKey + "&timestamp=1747385641636", "681110a6057ad58657af22f5640fab9dd17418834cdfccdc81be8b0f7b2cde3e")]
    public void Hmac_gives_the_venues_vectors(string payload, string hex)
    {
        var signer = SignerFactory.Create(ApiKey, Secret).Value;

        signer.Algorithm.ShouldBe(SignatureAlgorithm.HmacSha256);
        Convert.ToHexStringLower(Sign(signer, payload)).ShouldBe(hex);
    }

    [Theory]
    [InlineData("symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=0.2&timestamp=1668481559918&recvWindow=5000", "XtZirsmmi0noRzUfkqktvkVfxpkq/WtbLg2UOL3QGYdUBZVlqOBEMuEVw8zioY93N54NcKj9UuAXQEa9zgTDBg==")]
    [InlineData("apiKey=" + WsKey + "&timestamp=1649729878532", "NBJq5sX1RkU7ta3XDctruMgnrhyBcouMvvPIxxQSCUbVWxhp3ai6W7a0Iip/3nOwmJxkVIv6n20cekYCOa5qAg==")]
    [InlineData("apiKey=" + WsKey + "&price=52000.00&quantity=0.01000000&recvWindow=100&side=SELL&symbol=BTCUSDT&timeInForce=GTC&timestamp=1645423376532&type=LIMIT", "Ws+5m/CMnpkko0uBFxGTZ2+fjqqBXsUjRiaz173fPhXTkhoDBYNZ6wcYNeWItdrGn1pvG7vkwx2fhmJdAZ3KDQ==")]
    public void Ed25519_gives_the_rfcs_keys_vectors(string payload, string base64)
    {
        var signer = SignerFactory.Create(WsKey, Pem).Value;

        signer.Algorithm.ShouldBe(SignatureAlgorithm.Ed25519);
        Convert.ToBase64String(Sign(signer, payload)).ShouldBe(base64);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("\n  {0}\r\n")]
    public void Ed25519_key_is_read_as_an_environment_may_hold_it(string form)
    {
        foreach (var pem in new[] { Pem, Pem.Replace("\n", "\\n"), Pem.Replace("\n", "\r\n") })
        {
            SignerFactory.Create(WsKey, string.Format(form, pem)).IsOk.ShouldBeTrue();
        }
    }

    [Fact]
    public void Broken_credentials_are_refused_without_being_repeated()
    {
        foreach (var (key, secret) in new[] { ("", Secret), ("a\nb", Secret), (ApiKey, " "), (ApiKey, Pem.Replace("MC4C", "AAAA")), (ApiKey, "-----BEGIN PRIVATE KEY-----") })
        {
            var error = SignerFactory.Create(key, secret).Error!;
            error.Kind.ShouldBe(VenueErrorKind.Authentication);
            error.ToString().ShouldNotContain("MC4C");
            error.ToString().ShouldNotContain(Secret);
        }
    }

    [Fact]
    public void Signers_sign_alike_on_many_threads()
    {
        foreach (var signer in new[] { SignerFactory.Create(ApiKey, Secret).Value, SignerFactory.Create(ApiKey, Pem).Value })
        {
            var expected = Enumerable.Range(0, 100).Select(i => Convert.ToHexString(Sign(signer, $"payload {i}"))).ToArray();

            Parallel.For(0, 5000, i => Convert.ToHexString(Sign(signer, $"payload {i % 100}")).ShouldBe(expected[i % 100]));
        }
    }

    [Theory]
    [InlineData(Secret)]
    [InlineData(Pem)]
    public void Disposed_signer_signs_no_more_and_never_prints_its_secret(string secret)
    {
        var signer = SignerFactory.Create(ApiKey, secret).Value;
        signer.ToString()!.ShouldNotContain(secret[^20..]);

        ((IDisposable)signer).Dispose();

        Should.Throw<ObjectDisposedException>(() => Sign(signer, "x")).ToString().ShouldNotContain(secret[^20..]);
    }

    private static byte[] Sign(ISigner signer, string payload)
    {
        var signature = new byte[64];
        return signature[..signer.Sign(Encoding.UTF8.GetBytes(payload), signature)];
    }
}
