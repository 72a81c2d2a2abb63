using System.Text;
using Workbench.Plugins.Bybit.Signing;
using Workbench.Plugins.Bybit.Tests.Fakes;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Signing;

public sealed class RequestSignerTests
{
    private readonly RequestSigner _signer = new(new TestSigner(), TimeSpan.FromSeconds(5));

    [Theory]
    [InlineData(1700000000000, "category=linear&symbol=BTCUSDT", "fd4f31228a46109dc6673062328693696df9a96c7ff04e6491a45e7f63a0fdd7")]
    [InlineData(1700000000000, """{"category": "linear", "symbol": "BTCUSDT", "orderLinkId": "test-order-1"}""", "2df4a0603d69c08d5dea29ba85b46eb7db64ce9e9ebd34a7802a3d69700cb2a1")]
    [InlineData(1700000000000, """{"category":"linear","symbol":"BTCUSDT","orderLinkId":"test-order-1"}""", "ac0533668112246c285a42b95f4a57c6f147e34a15723b88fa356f7687c7c87e")]
    [InlineData(1700000000000, "", "cfffd774219bfa1d400476f699f830daaedcd3c41faa1dbdda95a8f4dd8170cc")]
    [InlineData(1672211928338, """{"category":"spot","symbol":"BTCUSDT","side":"Buy","orderType":"Limit","qty":"0.01","price":"28000.1","timeInForce":"PostOnly","orderLinkId":"wb-0001"}""", "28f99cbe8d2da5f10f5b3735ccdfb3955294cce4f7f37c7fd6a149ae694fd744")]
    [InlineData(1700000000000, "category=linear&symbol=BTCUSDT&cursor=page_args%3Dabc%26symbol%3D6%26", "f16b726d1dae8ea0fc5135aab5c15291d14f7ae6247e46dad9d283b5ba277313")]
    public void Payload_signs_as_the_vector_says(long time, string payload, string signature)
    {
        var headers = _signer.Headers(Timestamp.FromUnixMilliseconds(time), Encoding.UTF8.GetBytes(payload)).ToDictionary(h => h.Key, h => h.Value);

        headers["X-BAPI-SIGN"].ShouldBe(signature);
        headers["X-BAPI-TIMESTAMP"].ShouldBe(time.ToString(System.Globalization.CultureInfo.InvariantCulture));
        headers["X-BAPI-API-KEY"].ShouldBe("test_api_key");
        headers["X-BAPI-RECV-WINDOW"].ShouldBe("5000");
        headers["X-BAPI-SIGN-TYPE"].ShouldBe("2");
    }

    [Fact]
    public void Login_signs_as_the_vector_says() =>
        _signer.SignLogin(1700000000000).ShouldBe("bacffe7500499eb829bb58c45d36d1b3e5ac67c14eaeba91df5e99ccee013925");

    [Fact]
    public void Body_longer_than_the_stack_buffer_is_signed_whole()
    {
        var payload = new byte[5000];
        var one = _signer.Headers(default, payload)[3].Value;
        payload[^1] = 1;
        _signer.Headers(default, payload)[3].Value.ShouldNotBe(one);
    }

    [Fact]
    public void Key_of_another_kind_is_an_authentication_problem_in_words()
    {
        var problem = new RequestSigner(new TestSigner(SignatureAlgorithm.Ed25519), TimeSpan.FromSeconds(5)).Problem.ShouldNotBeNull();

        problem.Kind.ShouldBe(VenueErrorKind.Authentication);
        problem.Message.ShouldContain("HMAC");
    }
}
