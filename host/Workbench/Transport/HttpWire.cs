using System.Net;
using Workbench.Sdk;

namespace Workbench.Transport;

/// <summary>Turns calls into requests and answers into replies without changing a byte of either.</summary>
internal static class HttpWire
{
    private static readonly UriCreationOptions Verbatim = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Says why a call cannot go on the wire as it is, or null.</summary>
    public static string? Problem(HttpCall call)
    {
        if (!call.Address.IsAbsoluteUri || (call.Address.Scheme != Uri.UriSchemeHttp && call.Address.Scheme != Uri.UriSchemeHttps))
        {
            return "the address is not an absolute http or https address";
        }

        foreach (var c in call.Address.OriginalString)
        {
            if (c is <= ' ' or >= '\x7f' or '#' or '\\')
            {
                return "the address holds a character that must be escaped";
            }
        }

        return AreHeadersText(call) ? null : "a header holds a control character or text that is not ASCII";
    }

    /// <summary>Builds the request. Everything but GET and HEAD carries content, if need be empty: the HTTP stack re-sends requests without it (N07).</summary>
    public static HttpRequestMessage CreateRequest(HttpCall call)
    {
        var request = new HttpRequestMessage(call.Method, AsGiven(call.Address))
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (!call.Body.IsEmpty || (call.Method != HttpMethod.Get && call.Method != HttpMethod.Head))
        {
            request.Content = new ReadOnlyMemoryContent(call.Body);
            if (call.ContentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", call.ContentType);
            }
        }

        for (var i = 0; i < call.Headers.Count; i++)
        {
            var (name, value) = call.Headers[i];
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return request;
    }

    /// <summary>Reads the body whole; null when it is larger than the limit.</summary>
    public static async Task<byte[]?> ReadBodyAsync(HttpResponseMessage response, int limit, CancellationToken cancellationToken)
    {
        var announced = response.Content.Headers.ContentLength;
        if (announced > limit)
        {
            return null;
        }

        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return announced is { } length
                ? await ReadKnownAsync(stream, (int)length, cancellationToken).ConfigureAwait(false)
                : await ReadUnknownAsync(stream, limit, cancellationToken).ConfigureAwait(false);
        }
    }

    // Uri would unescape %2D and fold dots; a signature covers what the dialect wrote, so the original text goes on the wire.
    private static Uri AsGiven(Uri address)
    {
        if (IsVerbatim(address))
        {
            return address;
        }

        var exact = new Uri(address.OriginalString, Verbatim);
        return exact.PathAndQuery.StartsWith('/') ? exact : address;
    }

    // Most addresses hold nothing that Uri would touch, and reading them a second time costs as much as the rest of the request.
    private static bool IsVerbatim(Uri address)
    {
        var text = address.OriginalString.AsSpan();
        var host = text.IndexOf("://", StringComparison.Ordinal) + 3;
        var path = text[host..].IndexOf('/');
        return path >= 0 && text[(host + path)..].SequenceEqual(address.PathAndQuery);
    }

    private static bool AreHeadersText(HttpCall call)
    {
        for (var i = 0; i < call.Headers.Count; i++)
        {
            if (!IsHeaderText(call.Headers[i].Key) || !IsHeaderText(call.Headers[i].Value))
            {
                return false;
            }
        }

        return call.ContentType is null || IsHeaderText(call.ContentType);
    }

    private static bool IsHeaderText(string text) => !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    private static async Task<byte[]> ReadKnownAsync(Stream stream, int length, CancellationToken cancellationToken)
    {
        var body = new byte[length];
        await stream.ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        return body;
    }

    private static async Task<byte[]?> ReadUnknownAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[Math.Min(16 << 10, limit)];
        var used = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(used), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return buffer[..used];
            }

            used += read;
            if (used == buffer.Length)
            {
                if (used == limit)
                {
                    var more = await stream.ReadAsync(new byte[1], cancellationToken).ConfigureAwait(false);
                    return more == 0 ? buffer : null;
                }

                Array.Resize(ref buffer, Math.Min(limit, buffer.Length * 2));
            }
        }
    }
}
