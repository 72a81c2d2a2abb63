using Workbench.Plugins.Bybit.Instruments;
using Workbench.Plugins.Bybit.Signing;
using Workbench.Plugins.Bybit.Streams;
using Workbench.Sdk;

namespace Workbench.Plugins.Bybit.UserData;

/// <summary>One life of the private socket: login, subscription, then the account's events. The venue sends no snapshot and repeats nothing.</summary>
internal sealed class UserStream
{
    private const string LoginId = "login";
    private static readonly TimeSpan LoginWithin = TimeSpan.FromSeconds(10);
    private static readonly string[] Topics = ["order", "execution", "wallet"];

    private readonly ConnectorContext _context;
    private readonly RequestSigner _signer;
    private readonly InstrumentDirectory _instruments;
    private readonly IUserStreamSession _session;
    private readonly SocketSession _socket;

    // Touched only inside the socket session's lock.
    private readonly PendingRequests _pending;
    private readonly long _openedAt;
    private bool _isLoggedIn;

    private UserStream(ConnectorContext context, RequestSigner signer, InstrumentDirectory instruments, IUserStreamSession session, IVenueSocket socket)
    {
        _context = context;
        _signer = signer;
        _instruments = instruments;
        _session = session;
        _socket = new SocketSession(socket, context.Time);
        _pending = new PendingRequests(context.Time);
        _openedAt = context.Time.GetTimestamp();
    }

    /// <summary>Connects and works until the stream ends.</summary>
    public static async Task<StreamEnd> RunAsync(
        ConnectorContext context, Uri address, RequestSigner signer, InstrumentDirectory instruments, IUserStreamSession session, CancellationToken cancellationToken)
    {
        if (signer.Problem is { } problem)
        {
            return new StreamEnd(problem);
        }

        var connected = await context.WebSockets.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
        if (!connected.IsOk)
        {
            return cancellationToken.IsCancellationRequested ? StreamEnd.Orderly : new StreamEnd(connected.Error);
        }

        var stream = new UserStream(context, signer, instruments, session, connected.Value);
        await using (stream._socket.ConfigureAwait(false))
        {
            stream.Login();
            return await stream._socket.RunAsync(stream.OnMessage, stream.OnTick, null, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Login()
    {
        var expires = (_context.VenueClock.Now + LoginWithin).UnixMilliseconds;
        _socket.Post(Requests.Login(LoginId, _signer.ApiKey, expires, _signer.SignLogin(expires)));
    }

    private VenueError? OnTick() => !_isLoggedIn && _context.Time.GetElapsedTime(_openedAt) >= LoginWithin
        ? new VenueError(VenueErrorKind.Timeout, $"The venue did not answer the login within {LoginWithin.TotalSeconds:0} s.")
        : _pending.Overdue();

    private VenueError? OnMessage(in SocketMessage message)
    {
        var frame = UserFrame.Decode(message.Payload.Span);
        if (frame.Problem is { } problem)
        {
            _session.BadMessage($"A message of the user stream cannot be read: {problem}.");
        }

        switch (frame.Kind)
        {
            case UserFrameKind.Control when frame.Problem is null:
                return OnAnswer(frame.Control);
            case UserFrameKind.Orders:
                PublishOrders(frame, message.ReceivedAt);
                break;
            case UserFrameKind.Executions:
                PublishFills(frame, message.ReceivedAt);
                break;
            case UserFrameKind.Wallet when frame.Balances.Count > 0:
                _session.Publish(frame.Balances);
                break;
        }

        return null;
    }

    private VenueError? OnAnswer(ControlAnswer answer)
    {
        if (answer.Operation == "auth" || answer.RequestId == LoginId)
        {
            return OnLogin(answer);
        }

        if (answer.IsPong || _pending.Take(answer) is not { } request)
        {
            return null;
        }

        if (!answer.IsYes)
        {
            return new VenueError(VenueErrorKind.InvalidRequest, $"Bybit refused {string.Join(", ", request.Topics)}: {answer.Message ?? "no reason given"}");
        }

        _session.Connected();
        return null;
    }

    private VenueError? OnLogin(ControlAnswer answer)
    {
        if (!answer.IsYes)
        {
            return new VenueError(VenueErrorKind.Authentication, $"Bybit refused the login: {answer.Message ?? "no reason given"}", answer.Code?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (!_isLoggedIn)
        {
            _isLoggedIn = true;
            _socket.Post(Requests.Topics(_pending.Add(isSubscribe: true, Topics)));
        }

        return null;
    }

    // The topics carry all categories, and a contract may have the same name as a spot market.
    private static bool IsOurs(string? category) => category is null or "spot";

    private void PublishOrders(UserFrame frame, Timestamp receivedAt)
    {
        foreach (var (row, problem) in frame.Orders)
        {
            if (!IsOurs(row.Category))
            {
                continue;
            }

            var report = OrderReports.From(row, problem, _instruments.Map, frame.Time ?? receivedAt);
            if (report.IsOk)
            {
                _session.Publish(report.Value);
            }
            else
            {
                PutAside(report.Error!);
            }
        }
    }

    private void PublishFills(UserFrame frame, Timestamp receivedAt)
    {
        foreach (var (row, problem) in frame.Executions)
        {
            if (!IsOurs(row.Category) || !FillReports.IsTrade(row))
            {
                continue;
            }

            var fill = FillReports.From(row, problem, _instruments.Map, frame.Time ?? receivedAt);
            if (fill.IsOk)
            {
                _session.Publish(fill.Value);
            }
            else
            {
                PutAside(fill.Error!);
            }
        }
    }

    // What happens in a market that is not listed is somebody else's doing at the same account, and readable.
    private void PutAside(VenueError error)
    {
        if (error.Kind == VenueErrorKind.NotFound)
        {
            Log.UnknownMarket(_context.Logger, _context.Connection, error.Message);
        }
        else
        {
            _session.BadMessage(error.Message);
        }
    }
}
