using System.Text;
using Workbench.Simulator.Crypto;

namespace Workbench.Simulator.Tests.Crypto;

public sealed class Ed25519Tests
{
    private const string Public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    [Theory]
    [InlineData("symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&quantity=1&price=0.2&timestamp=1668481559918&recvWindow=5000", "XtZirsmmi0noRzUfkqktvkVfxpkq/WtbLg2UOL3QGYdUBZVlqOBEMuEVw8zioY93N54NcKj9UuAXQEa9zgTDBg==")]
    [InlineData("apiKey=4yNzx3yWC5bS6YTwEkSRaC0nRmSQIIStAUOh1b6kqaBrTLIhjCpI5lJH8q8R8WNO&timestamp=1649729878532", "NBJq5sX1RkU7ta3XDctruMgnrhyBcouMvvPIxxQSCUbVWxhp3ai6W7a0Iip/3nOwmJxkVIv6n20cekYCOa5qAg==")]
    [InlineData("apiKey=4yNzx3yWC5bS6YTwEkSRaC0nRmSQIIStAUOh1b6kqaBrTLIhjCpI5lJH8q8R8WNO&price=52000.00&quantity=0.01000000&recvWindow=100&side=SELL&symbol=BTCUSDT&timeInForce=GTC&timestamp=1645423376532&type=LIMIT", "Ws+5m/CMnpkko0uBFxGTZ2+fjqqBXsUjRiaz173fPhXTkhoDBYNZ6wcYNeWItdrGn1pvG7vkwx2fhmJdAZ3KDQ==")]
    public void Verify_accepts_the_vectors_and_nothing_else(string payload, string signature)
    {
        var key = Convert.FromHexString(Public);
        var bytes = Convert.FromBase64String(signature);
        Ed25519.Verify(key, Encoding.UTF8.GetBytes(payload), bytes).ShouldBeTrue();

        Ed25519.Verify(key, Encoding.UTF8.GetBytes(payload + "0"), bytes).ShouldBeFalse();
        bytes[40] ^= 1;
        Ed25519.Verify(key, Encoding.UTF8.GetBytes(payload), bytes).ShouldBeFalse();
    }

    [Fact]
    public void Verify_accepts_the_empty_message_of_rfc_8032()
    {
        var signature = Convert.FromHexString("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
        Ed25519.Verify(Convert.FromHexString(Public), [], signature).ShouldBeTrue();
    }
}
