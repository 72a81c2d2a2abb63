using Workbench.Plugins.Binance.Instruments;
using Workbench.Plugins.Binance.Json;
using Workbench.Plugins.Binance.Rest;
using Workbench.Plugins.Binance.Signing;
using Workbench.Sdk;

namespace Workbench.Plugins.Binance.UserData;

/// <summary>One life of the account's stream: connect to the WebSocket API, prove who we are, subscribe, publish. There is no listen key and no keep-alive: the subscription lives as long as the connection.</summary>
internal sealed class UserStream(ConnectorContext context, BinanceEndpoints endpoints, Catalogue catalogue, ISigner signer, IUserStreamSession session)
{
    private static readonly TimeSpan AnswerDeadline = TimeSpan.FromSeconds(10);
    private readonly UserEventDecoder _decoder = new(catalogue);

    public async Task<StreamEnd> RunAsync(CancellationToken cancellationToken)
    {
        if (context.Budget.Take(Costs.UserStream, RequestLane.Order) is { } refusal)
        {
            return new StreamEnd(refusal);
        }

        var connected = await context.WebSockets.ConnectAsync(endpoints.Api, cancellationToken).ConfigureAwait(false);
        if (connected.Error is { } error)
        {
            return cancellationToken.IsCancellationRequested ? StreamEnd.Orderly : new StreamEnd(error);
        }

        await using var socket = connected.Value;
        var end = await SubscribeAsync(socket, cancellationToken).ConfigureAwait(false);
        if (end is null)
        {
            session.Connected();
            end = await ListenAsync(socket, 0, cancellationToken).ConfigureAwait(false);
        }

        return cancellationToken.IsCancellationRequested ? StreamEnd.Orderly : new StreamEnd(end);
    }

    /// <summary>Signs in and subscribes, each within the deadline.</summary>
    /// <returns>Null when the subscription stands, or why it does not.</returns>
    private async Task<VenueError?> SubscribeAsync(IVenueSocket socket, CancellationToken cancellationToken)
    {
        if (signer.Algorithm != SignatureAlgorithm.Ed25519)
        {
            var only = new ApiRequest(1, "userDataStream.subscribe.signature").Signed(signer, context);
            return await AskAsync(socket, only, 1, cancellationToken).ConfigureAwait(false);
        }

        var logon = new ApiRequest(1, "session.logon").Signed(signer, context);
        return await AskAsync(socket, logon, 1, cancellationToken).ConfigureAwait(false)
            ?? await AskAsync(socket, new ApiRequest(2, "userDataStream.subscribe"), 2, cancellationToken).ConfigureAwait(false);
    }

    private async Task<VenueError?> AskAsync(IVenueSocket socket, ApiRequest request, long id, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(AnswerDeadline, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var error = await socket.SendAsync(request.ToUtf8(), either.Token).ConfigureAwait(false)
            ?? await ListenAsync(socket, id, either.Token).ConfigureAwait(false);
        return error is not null && late.IsCancellationRequested
            ? new VenueError(VenueErrorKind.Timeout, $"The venue did not answer within {AnswerDeadline.TotalSeconds:0} seconds.")
            : error;
    }

    /// <summary>Publishes what arrives until an answer with the id comes, or for ever when the id is zero.</summary>
    /// <returns>Null when the answer is a success, or why the listening ended.</returns>
    private async Task<VenueError?> ListenAsync(IVenueSocket socket, long id, CancellationToken cancellationToken)
    {
        while (true)
        {
            var message = await socket.ReceiveAsync(cancellationToken).ConfigureAwait(false);
            if (message.End is { } end)
            {
                return end;
            }

            switch (_decoder.Decode(message.Payload, session))
            {
                case UserMessageKind.Terminated:
                    return new VenueError(VenueErrorKind.Unavailable, "The venue ended the subscription to the account (eventStreamTerminated).");
                case UserMessageKind.Shutdown:
                    session.Renew("the venue announced that it will close this connection (serverShutdown)");
                    break;
                case UserMessageKind.Answer when Answered(message.Payload.Span, id, out var error):
                    return error;
            }
        }
    }

    /// <returns>True when the answer decides: it is ours, or it is a failure of the connection as a whole, which carries no id.</returns>
    private bool Answered(ReadOnlySpan<byte> payload, long id, out VenueError? error)
    {
        error = ApiErrors.Of(payload);
        var isMine = id != 0 && UserFrame.TryRead(payload, out var frame) && Utf8Text.TryLong(frame.Id, out var read) && read == id;
        if (error?.RetryAfter is { } pause)
        {
            Stop(error.Kind, pause);
        }

        // A revoked key is answered without an id; nothing more will come.
        return isMine || error is { Kind: VenueErrorKind.Authentication };
    }

    private void Stop(VenueErrorKind why, TimeSpan pause)
    {
        if (why == VenueErrorKind.Banned)
        {
            context.Budget.BanFor(RateScope.Address, pause);
        }
        else
        {
            context.Budget.PauseFor(RateScope.Address, pause);
        }
    }
}
