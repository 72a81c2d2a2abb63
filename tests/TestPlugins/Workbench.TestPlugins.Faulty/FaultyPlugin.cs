using Workbench.Sdk;

namespace Workbench.TestPlugins.Faulty;

/// <summary>Goes wrong in the way its manifest folder's <c>mode.txt</c> asks for.</summary>
public sealed class FaultyPlugin : IPlugin
{
    private readonly string _mode = File.ReadAllText(Path.Combine(Path.GetDirectoryName(typeof(FaultyPlugin).Assembly.Location)!, "mode.txt")).Trim();

    /// <summary>Throws in mode <c>constructor</c>.</summary>
    public FaultyPlugin()
    {
        if (_mode == "constructor")
        {
            throw new InvalidOperationException("no mood to be made");
        }
    }

    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        switch (_mode)
        {
            case "register":
                throw new InvalidOperationException("no mood to register");
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            case "nothing":
                return;
            case "cache":
                registry.AddCache(_ => throw new NotSupportedException());
                break;
            case "twice":
                registry.AddStrategy("same", () => new BackgroundThrower("thread"));
                registry.AddStrategy("same", () => new BackgroundThrower("thread"));
                break;
        }

        foreach (var where in new[] { "thread", "pool", "timer", "async void" })
        {
            registry.AddStrategy(where, () => new BackgroundThrower(where));
        }
    }

    /// <summary>Throws where nobody can catch it.</summary>
    private sealed class BackgroundThrower(string where) : Strategy
    {
        private Timer? _timer;

        /// <inheritdoc />
        public override void OnStop()
        {
            switch (where)
            {
                case "thread":
                    new Thread(Throw).Start();
                    break;
                case "pool":
                    ThreadPool.QueueUserWorkItem(_ => Throw());
                    break;
                case "timer":
                    _timer = new Timer(_ => Throw(), null, 1, Timeout.Infinite);
                    break;
                default:
                    ThrowLater();
                    break;
            }
        }

        private static async void ThrowLater()
        {
            await Task.Yield();
            Throw();
        }

        private static void Throw() => throw new InvalidOperationException("thrown in the background");
    }
}
