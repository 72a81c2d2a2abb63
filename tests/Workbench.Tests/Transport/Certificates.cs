using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Workbench.Tests.Transport;

/// <summary>Certificates of a test's own authority, good ones and bad ones. Real keys, gone with the test.</summary>
internal sealed class Certificates : IDisposable
{
    public const string Host = "venue.test";

    private readonly RSA _key = RSA.Create(2048);
    private readonly X509Certificate2 _authority = Authority("Test authority");
    private readonly X509Certificate2 _stranger = Authority("Somebody else");

    /// <summary>Whom a client of the test trusts.</summary>
    public X509Certificate2Collection Trusted => [_authority];

    public X509Certificate2 Good => Issue(Host, _authority, days: 30);

    public X509Certificate2 Of(string fault) => fault switch
    {
        "expired" => Issue(Host, _authority, days: -1),
        "wrong host" => Issue("other.test", _authority, days: 30),
        "self-signed" => SelfSigned(),
        "unknown authority" => Issue(Host, _stranger, days: 30),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    public void Dispose()
    {
        _key.Dispose();
        _authority.Dispose();
        _stranger.Dispose();
    }

    private static X509Certificate2 Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", RSA.Create(2048), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
    }

    // TLS judges certificates by the machine's clock, and so must they be made.
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private X509Certificate2 Issue(string host, X509Certificate2 authority, int days)
    {
        using var certificate = Request(host).Create(authority, Now.AddDays(-60), Now.AddDays(days), RandomNumberGenerator.GetBytes(8));
        return certificate.CopyWithPrivateKey(_key);
    }

    private X509Certificate2 SelfSigned() => Request(Host).CreateSelfSigned(Now.AddDays(-60), Now.AddDays(30));

    private CertificateRequest Request(string host)
    {
        var request = new CertificateRequest($"CN={host}", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        names.AddIpAddress(IPAddress.Parse("192.0.2.1"));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request;
    }
}
