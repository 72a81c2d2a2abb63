using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Workbench.Control;

namespace Workbench.Tests.Control;

public sealed class ControlSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wb-control").FullName;
    private readonly ControlCommands _commands = new();
    private readonly List<string> _lines = [];

    [Fact]
    public void Command_answers_in_lines_and_says_how_it_went()
    {
        _commands.Add("greet", (request, reply, _) =>
        {
            reply.Text($"hello {request["name"]}");
            reply.Data(new() { ["n"] = 1 });
            reply.Ok("greeted");
        });
        _commands.Add("refuse", (_, reply, _) => reply.Refuse("no"));
        _commands.Add("later", async (_, reply, _) =>
        {
            await Task.Yield();
            reply.Text("late");
        });
        using var server = Open();
        Ask("greet", ("name", "world \n \"x\"")).ShouldBe(new ControlAnswer.Ended(true, "greeted"));
        Ask("refuse").ShouldBe(new ControlAnswer.Ended(false, "no"));
        Ask("later").ShouldBe(new ControlAnswer.Ended(true, ""));
        _lines.ShouldBe(["hello world \n \"x\"", "late"]);
    }

    [Fact]
    public void Unknown_command_names_those_that_there_are()
    {
        _commands.Add("one", (_, _, _) => { });
        using var server = Open();
        Ask("two").ShouldBe(new ControlAnswer.Ended(false, "there is no command 'two'; there are one"));
    }

    [Fact]
    public void Command_that_throws_is_refused_and_the_next_one_answered()
    {
        _commands.Add("throw", (_, _, _) => throw new InvalidOperationException("broken"));
        _commands.Add("work", (_, _, _) => { });
        using var server = Open();
        ((ControlAnswer.Ended)Ask("throw")).Message.ShouldContain("broken");
        Ask("work").ShouldBe(new ControlAnswer.Ended(true, ""));
    }

    [Fact]
    public void Socket_is_open_to_its_owner_only_and_gone_with_the_host()
    {
        using (Open())
        {
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(ControlPath.In(_folder)).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        File.Exists(ControlPath.In(_folder)).ShouldBeFalse();
        Ask("x").ShouldBeOfType<ControlAnswer.NoHost>().Message.ShouldContain("no workbench runs on the data folder");
    }

    [Fact]
    public void Socket_that_a_killed_host_left_is_nobody_to_a_caller_and_no_obstacle_to_the_next_host()
    {
        using (var left = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            left.Bind(new UnixDomainSocketEndPoint(ControlPath.In(_folder)));
        }

        // .NET removes what it has bound; a process that is killed does not.
        File.WriteAllText(ControlPath.In(_folder), "");
        Ask("x").ShouldBeOfType<ControlAnswer.NoHost>();
        _commands.Add("x", (_, _, _) => { });
        using var server = Open();
        Ask("x").ShouldBe(new ControlAnswer.Ended(true, ""));
    }

    [Fact]
    public void Request_without_an_end_or_without_sense_is_refused()
    {
        using var server = Open(new ControlLimits { RequestBytes = 8192 });
        Raw(new string('x', 9000)).ShouldContain("no request of at most 8192 bytes");
        Raw("[1,2]\n").ShouldContain("a request is one line of JSON");
        Raw("not json\n").ShouldContain("a request is one line of JSON");
        Raw("{\"command\":1}\n").ShouldContain("a request is one line of JSON");
        Raw("{\"command\":\"x\",\"args\":{\"a\":1}}\n").ShouldContain("a request is one line of JSON");
    }

    [Fact]
    public void Silent_caller_is_given_up_and_urgent_commands_have_places_of_their_own()
    {
        using var release = new ManualResetEventSlim();
        using var started = new CountdownEvent(2);
        _commands.Add("slow", (_, _, stop) =>
        {
            started.Signal();
            release.Wait(stop);
        });
        _commands.AddUrgent("kill", (_, reply, _) => reply.Ok("killed"));
        using var server = Open(new ControlLimits { Callers = 2, UrgentCallers = 2 });
        var slow = Enumerable.Range(0, 2).Select(_ => Start(() => Ask("slow"))).ToList();
        started.Wait(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        Ask("slow").ShouldBeOfType<ControlAnswer.Ended>().Message.ShouldContain("2 others are being served");
        Ask("kill").ShouldBe(new ControlAnswer.Ended(true, "killed"));
        release.Set();
        slow.ForEach(t => t.Join());
    }

    [Fact]
    public void Command_answers_while_every_thread_of_the_pool_is_stuck()
    {
        // Not disposed, like the countdown: what is queued may begin after this test has ended.
        var release = new ManualResetEventSlim();
        ThreadPool.GetMinThreads(out var min, out _);
        _commands.AddUrgent("kill", (_, reply, _) => reply.Ok("killed"));
        using var server = Open();
        var stuck = 0;
        for (var i = 0; i < min * 50; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    Interlocked.Increment(ref stuck);
                    release.Wait();
                },
                null);
        }

        ControlAnswer? answer = null;
        try
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref stuck) >= min, TimeSpan.FromSeconds(30)).ShouldBeTrue();
            var asking = Start(() => answer = Ask("kill"));
            asking.Join(TimeSpan.FromSeconds(30)).ShouldBeTrue();
        }
        finally
        {
            release.Set();
        }

        answer.ShouldBe(new ControlAnswer.Ended(true, "killed"));
    }

    [Fact]
    public void Answer_that_grows_without_bound_is_cut_and_said()
    {
        _commands.Add("flood", (_, reply, _) =>
        {
            for (var i = 0; i < 10; i++)
            {
                reply.Text("x");
            }
        });
        _commands.Add("wide", (_, reply, _) => reply.Text(new string('x', 2000)));
        using var server = Open(new ControlLimits { ReplyLines = 3, ReplyBytes = 1000 });
        Ask("flood").ShouldBe(new ControlAnswer.Ended(false, "the answer has more than 3 lines; the rest is left out"));
        _lines.Count.ShouldBe(3);
        ((ControlAnswer.Ended)Ask("wide")).Message.ShouldContain("too long");
    }

    [Fact]
    public void Data_folder_with_a_name_too_long_for_a_socket_is_said()
    {
        var deep = Path.Combine(_folder, new string('a', 120));
        Should.Throw<IOException>(() => ControlServer.Open(deep, _commands, TimeProvider.System, NullLogger.Instance)).Message.ShouldContain("at most 103");
        ControlClient.Ask(deep, new ControlRequest("x", new Dictionary<string, string>()), _ => { }).ShouldBeOfType<ControlAnswer.NoHost>();
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private ControlServer Open(ControlLimits? limits = null) => ControlServer.Open(_folder, _commands, TimeProvider.System, NullLogger.Instance, limits);

    private ControlAnswer Ask(string command, params (string Name, string Value)[] args) =>
        ControlClient.Ask(_folder, new ControlRequest(command, args.ToDictionary(a => a.Name, a => a.Value)), _lines.Add);

    private static Thread Start(Action act)
    {
        var thread = new Thread(() => act()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private string Raw(string line)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(ControlPath.In(_folder)));
        socket.Send(Encoding.UTF8.GetBytes(line));
        using var reader = new StreamReader(new NetworkStream(socket), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
