using System.Text.Json;
using Workbench.Simulator.Binance.UserData;
using Workbench.Simulator.Server;
using Workbench.Simulator.Venues;

namespace Workbench.Simulator.Binance.WsApi;

/// <summary>What one connection remembers: who is logged on and which account events it hears.</summary>
internal sealed class WsSession(BinanceApi api, SimulatedVenue venue, UserDataHub hub, SocketOutbox outbox, bool returnRateLimits)
{
    private const int MostSubscriptionIds = 65_535;
    private readonly List<UserDataSubscription> _subscriptions = [];
    private readonly long _connectedMillis = venue.Clock.NowMillis;
    private int _nextId;
    private long? _authorizedMillis;

    /// <summary>The logged-on key, if any.</summary>
    public ApiCredential? Credential { get; private set; }

    /// <summary>Handles a session method; null when the method is not one of them.</summary>
    public ApiResult? Handle(WsRequest request) => request.Method switch
    {
        "session.logon" => Logon(request),
        "session.status" => Status(),
        "session.logout" => Logout(),
        "session.subscriptions" => Done(WriteSubscriptions),
        "userDataStream.subscribe" => SubscribeSession(),
        "userDataStream.subscribe.signature" => SubscribeSigned(request),
        "userDataStream.unsubscribe" => Unsubscribe(request),
        _ => null,
    };

    public void Close()
    {
        foreach (var subscription in _subscriptions)
        {
            hub.Remove(subscription, says: false);
        }

        _subscriptions.Clear();
    }

    private ApiResult Logon(WsRequest request)
    {
        var error = api.Authenticate(request.ApiKey, request.SignedPayload, request.Parameters, out var credential);
        if (error is null && credential!.Kind != CredentialKind.Ed25519)
        {
            error = new ApiError(-4056, $"{(credential.Kind == CredentialKind.Hmac ? "HMAC_SHA256" : "RSA")} API key is not supported.");
        }

        if (error is not null)
        {
            return new ApiResult([], error);
        }

        Credential = credential;
        _authorizedMillis = venue.Clock.NowMillis;
        return Status();
    }

    private ApiResult Logout()
    {
        RemoveWhere(s => s.IsOfSession);
        Credential = null;
        _authorizedMillis = null;
        return Status();
    }

    private ApiResult SubscribeSession() =>
        Credential is null ? new ApiResult([], ApiError.KeyRefused) : Subscribe(Credential, isOfSession: true);

    private ApiResult SubscribeSigned(WsRequest request)
    {
        var error = api.Authenticate(request.ApiKey, request.SignedPayload, request.Parameters, out var credential);
        return error is null ? Subscribe(credential!, isOfSession: false) : new ApiResult([], error);
    }

    private ApiResult Subscribe(ApiCredential credential, bool isOfSession)
    {
        if (_subscriptions.Exists(s => ReferenceEquals(s.Account, credential.Account)))
        {
            return new ApiResult([], ApiError.AlreadySubscribed);
        }

        if (_nextId >= MostSubscriptionIds)
        {
            return new ApiResult([], ApiError.TooManySubscriptions);
        }

        var subscription = UserDataSubscription.Numbered(_nextId++, credential.Account, isOfSession, outbox);
        _subscriptions.Add(subscription);
        hub.Add(subscription);
        return Done(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("subscriptionId", subscription.Id);
            json.WriteEndObject();
        });
    }

    private ApiResult Unsubscribe(WsRequest request)
    {
        var id = request.Parameters.Integer("subscriptionId");
        if (_subscriptions.Count == 0 || (id is not null && !_subscriptions.Exists(s => s.Id == id)))
        {
            return new ApiResult([], ApiError.NotSubscribed);
        }

        RemoveWhere(s => id is null || s.Id == id);
        return Done(static json =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        });
    }

    private void RemoveWhere(Predicate<UserDataSubscription> matches)
    {
        foreach (var subscription in _subscriptions.FindAll(matches))
        {
            hub.Remove(subscription, says: true);
            _subscriptions.Remove(subscription);
        }
    }

    private ApiResult Status() => Done(json =>
    {
        json.WriteStartObject();
        json.WriteString("apiKey", Credential?.Key);
        if (_authorizedMillis is { } authorized)
        {
            json.WriteNumber("authorizedSince", authorized);
        }
        else
        {
            json.WriteNull("authorizedSince");
        }

        json.WriteNumber("connectedSince", _connectedMillis);
        json.WriteBoolean("returnRateLimits", returnRateLimits);
        json.WriteNumber("serverTime", venue.Clock.NowMillis);
        json.WriteBoolean("userDataStream", _subscriptions.Exists(s => s.IsOfSession));
        json.WriteEndObject();
    });

    private void WriteSubscriptions(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (var subscription in _subscriptions)
        {
            json.WriteStartObject();
            json.WriteNumber("subscriptionId", subscription.Id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static ApiResult Done(Action<Utf8JsonWriter> write) =>
        new(JsonText.Render(write, static (json, w) => w(json)), null);
}
