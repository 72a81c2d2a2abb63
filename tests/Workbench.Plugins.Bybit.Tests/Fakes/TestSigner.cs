using System.Security.Cryptography;
using System.Text;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.Tests.Fakes;

internal sealed class TestSigner(SignatureAlgorithm algorithm = SignatureAlgorithm.HmacSha256) : ISigner
{
    public string ApiKey => "test_api_key";

    public SignatureAlgorithm Algorithm => algorithm;

    public int Sign(ReadOnlySpan<byte> payload, Span<byte> destination) => HMACSHA256.HashData(Encoding.UTF8.GetBytes("test_secret"), payload, destination);
}
