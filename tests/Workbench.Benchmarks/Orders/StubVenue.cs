using System.Net;
using System.Net.Sockets;

namespace Workbench.Benchmarks.Orders;

/// <summary>A venue at the level of TCP that answers at once with prepared bytes, and notes when the first byte of an order was there. A thread for each connection; nothing is allocated for an order.</summary>
internal sealed class StubVenue : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<Socket> _open = [];
    private long _firstByteAt;
    private long _orders;

    public StubVenue()
    {
        _listener.Start();
        new Thread(Accept) { Name = "stub-accept", IsBackground = true }.Start();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>When the first byte of the newest order was read, as a timestamp of the system's clock for intervals.</summary>
    public long FirstByteAt => Interlocked.Read(ref _firstByteAt);

    public void Dispose()
    {
        _listener.Stop();
        lock (_open)
        {
            _open.ForEach(s => s.Dispose());
        }
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                socket.NoDelay = true;
                lock (_open)
                {
                    _open.Add(socket);
                }

                new Thread(() => Serve(socket)) { Name = "stub-connection", IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // The listener was stopped.
        }
    }

    private void Serve(Socket socket)
    {
        var request = new StubRequest();
        var answer = new OrderAnswer();
        try
        {
            while (request.TryRead(socket))
            {
                if (request.IsOrder)
                {
                    Interlocked.Exchange(ref _firstByteAt, request.FirstByteAt);
                    socket.Send(answer.To(request.Body, Interlocked.Increment(ref _orders)));
                }
                else
                {
                    socket.Send(StubReads.Answer(request.Path));
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client or the stub is gone.
        }
    }
}
