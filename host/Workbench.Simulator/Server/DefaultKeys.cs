using System.Security.Cryptography;
using System.Text;

namespace Workbench.Simulator.Server;

/// <summary>Keys of a venue's default account, derived from the seed so that a run can be repeated.</summary>
internal sealed record DefaultKeys(string ApiKey, string ApiSecret)
{
    public const string Ed25519ApiKey = "simulatorEd25519KeyOfTheRfc8032TestVectorNumberOne00000000000000";
    public const string Ed25519Pkcs8 = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";
    public const string Ed25519PublicHex = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    public static DefaultKeys For(VenueOptions options, ulong seed) => new(
        options.ApiKey ?? Derive("key", options.Name, seed),
        options.ApiSecret ?? Derive("secret", options.Name, seed));

    private static string Derive(string purpose, string venue, ulong seed)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{purpose}/{venue}/{seed}")));
        return Convert.ToHexStringLower(hash);
    }
}
