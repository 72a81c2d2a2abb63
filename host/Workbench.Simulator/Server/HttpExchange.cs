using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Workbench.Simulator.Faults;

namespace Workbench.Simulator.Server;

/// <summary>One HTTP request and the answer to it, which is sent when all faults had their say.</summary>
internal sealed class HttpExchange : Exchange
{
    private const int LargestBody = 1 << 20;
    private static readonly byte[] Page = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n"u8.ToArray();
    private readonly HttpContext _context;
    private readonly IDialect _dialect;
    private bool _isSettled;

    private HttpExchange(HttpContext context, IDialect dialect, RequestInfo request, FaultLab lab)
        : base(request, lab)
    {
        _context = context;
        _dialect = dialect;
    }

    public override CancellationToken Gone => _context.RequestAborted;

    public override string Identity => $"{HttpRequest.Method} {HttpRequest.Path} {string.Join('&', HttpRequest.Query.Where(q => q.Key is not ("timestamp" or "signature" or "recvWindow")).Select(q => $"{q.Key}={q.Value}"))}";

    /// <summary>Break the connection after so many bytes of the body.</summary>
    public int? CutAfter { get; set; }

    /// <summary>Send the body this slowly.</summary>
    public int? BytesPerSecond { get; set; }

    public HttpResponse Response => _context.Response;

    public HttpRequest HttpRequest => _context.Request;

    public static async ValueTask<HttpExchange> OpenAsync(HttpContext context, IDialect dialect, FaultLab lab)
    {
        var request = dialect.Classify(context.Request);
        var asksSymbol = lab.Live.Requests.Any(f => f.Symbol is not null || f.Definition.NeedsSymbol);
        return new HttpExchange(context, dialect, asksSymbol ? request with { Symbol = await SymbolAsync(context.Request).ConfigureAwait(false) } : request, lab);
    }

    /// <summary>Lets the venue answer into memory; false when it broke the connection instead.</summary>
    public async Task<bool> BufferAsync(RequestDelegate next)
    {
        var wire = _context.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var memory = new MemoryStream();
        _context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(memory));
        try
        {
            await next(_context).ConfigureAwait(false);
        }
        finally
        {
            _context.Features.Set(wire);
        }

        Body = memory.ToArray();
        return !Gone.IsCancellationRequested;
    }

    public override void Answer(FaultAnswer answer)
    {
        Response.Headers.Clear();
        Response.StatusCode = answer.Status;
        var body = answer.Form switch
        {
            AnswerForm.Venue => _dialect.Word(answer),
            AnswerForm.Html => new FaultBody("text/html", Page),
            _ => new FaultBody("text/plain", []),
        };
        Response.ContentType = body.ContentType;
        Body = body.Bytes;
        foreach (var (name, value) in answer.Headers)
        {
            Response.Headers[name] = value;
        }

        IsOver = true;
    }

    public override void Reset()
    {
        _context.Abort();
        (IsOver, _isSettled) = (true, true);
    }

    public override async ValueTask HoldAsync(ActiveFault fault, bool readsBody = true)
    {
        if (readsBody)
        {
            await _context.Request.Body.CopyToAsync(Stream.Null, Gone).ConfigureAwait(false);
        }

        await Waiting.UntilAsync(fault.Ended, Gone).ConfigureAwait(false);
        Reset();
    }

    /// <summary>Puts the answer on the wire.</summary>
    public async ValueTask SendAsync()
    {
        if (_isSettled || Gone.IsCancellationRequested)
        {
            return;
        }

        Response.ContentLength = Body.Length;
        if (CutAfter is { } bytes)
        {
            await CutAsync(Math.Min(bytes, Body.Length)).ConfigureAwait(false);
            return;
        }

        if (BytesPerSecond is { } speed)
        {
            await DripAsync(speed).ConfigureAwait(false);
        }
        else
        {
            await Response.Body.WriteAsync(Body, Gone).ConfigureAwait(false);
        }
    }

    // Past the server, which throws away what it has not sent yet when a connection is reset.
    private async ValueTask CutAsync(int bytes)
    {
        var head = new StringBuilder(FormattableString.Invariant($"HTTP/1.1 {Response.StatusCode} {ReasonPhrases.GetReasonPhrase(Response.StatusCode)}\r\n"));
        foreach (var (name, value) in Response.Headers)
        {
            head.Append(name).Append(": ").Append(value.ToString()).Append("\r\n");
        }

        byte[] sent = [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. Body.AsSpan(0, bytes)];
        await _context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.SendAsync(sent, Gone).ConfigureAwait(false);
        Reset();
    }

    private async ValueTask DripAsync(int bytesPerSecond)
    {
        var length = Body.Length;
        await Response.StartAsync(Gone).ConfigureAwait(false);
        var pause = TimeSpan.FromMilliseconds(Math.Max(10, 1000.0 / bytesPerSecond));
        var piece = Math.Max(1, (int)(bytesPerSecond * pause.TotalSeconds));
        for (var sent = 0; sent < length && !Gone.IsCancellationRequested; sent += piece)
        {
            await Response.Body.WriteAsync(Body.AsMemory(sent, Math.Min(piece, length - sent)), Gone).ConfigureAwait(false);
            await Response.Body.FlushAsync(Gone).ConfigureAwait(false);
            await DelayAsync(pause).ConfigureAwait(false);
        }
    }

    // Both venues call it "symbol", in the query, in a form or in a JSON object.
    private static async ValueTask<string?> SymbolAsync(HttpRequest request)
    {
        if (request.Query["symbol"] is [{ Length: > 0 } symbol, ..])
        {
            return symbol;
        }

        if (request.ContentLength is null or 0 or > LargestBody)
        {
            return null;
        }

        request.EnableBuffering(LargestBody);
        using var reader = new StreamReader(request.Body, Encoding.UTF8, leaveOpen: true);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
        request.Body.Position = 0;
        return text.StartsWith('{') ? JsonSymbol(text) : text.Split('&').FirstOrDefault(p => p.StartsWith("symbol=", StringComparison.Ordinal))?[7..];
    }

    private static string? JsonSymbol(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.TryGetProperty("symbol", out var symbol) && symbol.ValueKind == JsonValueKind.String ? symbol.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
