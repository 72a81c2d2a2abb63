using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Workbench.Control;

/// <summary>The way a second <c>workbench</c> process talks to the running host: a Unix domain socket in the data folder, for its owner only.</summary>
/// <remarks>It has threads of its own and never waits for the pool or the pipeline, so that the kill switch answers when those are stuck.</remarks>
internal sealed class ControlServer : IDisposable
{
    private readonly Socket _listener;
    private readonly string _path;
    private readonly ControlCommands _commands;
    private readonly ControlLimits _limits;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread _thread;
    private int _callers;
    private bool _isDisposed;

    private ControlServer(Socket listener, string path, ControlCommands commands, ControlLimits limits, TimeProvider time, ILogger logger)
    {
        (_listener, _path, _commands, _limits, _time, _logger) = (listener, path, commands, limits, time, logger);
        _thread = new Thread(Accept) { Name = "control", IsBackground = true };
    }

    /// <summary>Opens the socket of a data folder. Only the holder of the journal's lock may: a socket that lies there is then what a killed process left.</summary>
    /// <exception cref="IOException">It cannot be opened; the message says why.</exception>
    public static ControlServer Open(string dataFolder, ControlCommands commands, TimeProvider time, ILogger logger, ControlLimits? limits = null)
    {
        var path = ControlPath.In(dataFolder);
        if (ControlPath.Problem(path) is { } problem)
        {
            throw new IOException($"the control socket cannot be opened: {problem}");
        }

        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            if (!OperatingSystem.IsWindows())
            {
                // Between bind and listen nobody can connect, so nobody slips in before the rights are right.
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            listener.Listen(16);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            throw new IOException($"the control socket {path} cannot be opened: {e.Message}", e);
        }

        var server = new ControlServer(listener, path, commands, limits ?? new ControlLimits(), time, logger);
        server._thread.Start();
        return server;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _stop.Cancel();
        _listener.Dispose();
        _thread.Join();
        try
        {
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _logger.ControlFailed(e);
        }
    }

    private void Accept()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var caller = _listener.Accept();
                Take(caller);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_stop.IsCancellationRequested)
                {
                    return;
                }

                // Out of handles, most likely: the next caller may find some.
                _logger.ControlFailed(e);
                _stop.Token.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    private void Take(Socket caller)
    {
        var place = Interlocked.Increment(ref _callers);
        if (place > _limits.Callers + _limits.UrgentCallers)
        {
            Interlocked.Decrement(ref _callers);
            caller.Dispose();
            return;
        }

        var onlyUrgent = place > _limits.Callers;
        new Thread(() => Serve(caller, onlyUrgent)) { Name = "control-caller", IsBackground = true }.Start();
    }

    private void Serve(Socket caller, bool onlyUrgent)
    {
        try
        {
            using (caller)
            {
                caller.ReceiveTimeout = caller.SendTimeout = (int)_limits.Transfer.TotalMilliseconds;
                var reply = new ControlReply(caller, _limits);
                if (ReadLine(caller) is not { } line)
                {
                    reply.Refuse($"no request of at most {_limits.RequestBytes} bytes came in time");
                    LetGo(caller);
                }
                else if (!ControlRequest.TryParse(line, out var request, out var problem))
                {
                    reply.Refuse(problem);
                }
                else
                {
                    Answer(request, reply, onlyUrgent);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _logger.ControlCallerGone(e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _callers);
        }
    }

    /// <summary>Takes a little of what is still on its way: closing on top of it would destroy the answer that explains.</summary>
    private static void LetGo(Socket caller)
    {
        const int Most = 16;
        caller.Shutdown(SocketShutdown.Send);
        Span<byte> rest = stackalloc byte[4096];
        for (var i = 0; i < Most && caller.Receive(rest) > 0; i++)
        {
        }
    }

    private void Answer(ControlRequest request, ControlReply reply, bool onlyUrgent)
    {
        if (!_commands.TryGet(request.Command, out var handler, out var isUrgent))
        {
            reply.Refuse($"there is no command '{request.Command}'; there are {string.Join(", ", _commands.Names)}");
            return;
        }

        if (onlyUrgent && !isUrgent)
        {
            reply.Refuse($"{_limits.Callers} others are being served; try again in a moment");
            return;
        }

        using var limit = new CancellationTokenSource(_limits.Command, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _stop.Token);
        try
        {
            handler(request, reply, stop.Token);
            reply.Ok();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            reply.Refuse(_stop.IsCancellationRequested ? "the host is ending" : $"it did not end within {_limits.Command.TotalSeconds:0} s; what it has begun goes on");
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            throw;
        }
#pragma warning disable CA1031 // boundary: control command. A command that throws must not take the host with it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.ControlCommandThrew(e, request.Command);
            reply.Refuse($"{request.Command} failed unexpectedly: {e.Message}; the log has the whole of it");
        }
    }

    /// <summary>The first line, or null when there is none within the bounds.</summary>
    private byte[]? ReadLine(Socket caller)
    {
        var started = _time.GetTimestamp();
        var buffer = new byte[Math.Min(4096, _limits.RequestBytes)];
        var length = 0;
        while (_time.GetElapsedTime(started) <= _limits.Transfer)
        {
            int read;
            try
            {
                read = caller.Receive(buffer.AsSpan(length));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                return null;
            }

            var end = buffer.AsSpan(length, read).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return buffer[..(length + end)];
            }

            length += read;
            if (read == 0 || length >= _limits.RequestBytes)
            {
                return null;
            }

            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(buffer.Length * 2, _limits.RequestBytes));
            }
        }

        return null;
    }
}
