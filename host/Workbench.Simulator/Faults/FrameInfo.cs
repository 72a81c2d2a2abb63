namespace Workbench.Simulator.Faults;

/// <summary>What an outgoing WebSocket message tells. 0 is an answer to a request.</summary>
[Flags]
internal enum FrameKinds
{
    Answer = 0,
    Subscribed = 1,
    Authenticated = 2,
    Pong = 4,
    Book = 8,
    Snapshot = 16,
    Best = 32,
    Trade = 64,
    Ticker = 128,
    Kline = 256,
    Status = 512,
    Order = 1024,

    /// <summary>An order that ended without being filled.</summary>
    Closed = 2048,
    Fill = 4096,
    Balance = 8192,
    Position = 16_384,

    Books = Book | Snapshot,
    Market = Book | Snapshot | Best | Trade | Ticker | Kline | Status,
    Orders = Order | Closed,
    User = Order | Closed | Fill | Balance | Position,
    Data = Market | User,
}

/// <summary>Kind and symbol of an outgoing message; the default is an answer.</summary>
internal readonly record struct FrameInfo(FrameKinds Kind, string? Symbol = null)
{
    public static readonly FrameInfo Subscribed = new(FrameKinds.Subscribed);
    public static readonly FrameInfo Authenticated = new(FrameKinds.Authenticated);
    public static readonly FrameInfo Pong = new(FrameKinds.Pong);

    public bool IsData => (Kind & FrameKinds.Data) != 0;

    public override string ToString() => Symbol is null ? $"frame {Kind}" : $"frame {Kind} {Symbol}";
}
