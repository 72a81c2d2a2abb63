using Microsoft.Extensions.Logging;
using Workbench.Sdk;
using YamlDotNet.Core;

namespace Workbench.TestPlugins.Good;

/// <summary>Uses a library of its own in a version that the host does not have, and says which one it got.</summary>
public sealed class GoodPlugin : IPlugin
{
    /// <inheritdoc />
    public void Register(IPluginRegistry registry)
    {
        var scalar = new YamlDotNet.Core.Events.Scalar("x");
        var version = scalar.GetType().Assembly.GetName().Version!;
        registry.AddStrategy($"{nameof(YamlException)} {version.Major}.{version.Minor}", () => new LoggingStrategy());
    }

    private sealed class LoggingStrategy : Strategy
    {
        // Names a shared type in a signature, so that a private copy of it would show.
        public ILogger? Logger { get; init; }

        /// <inheritdoc />
        public override void OnQuote(Quote quote) => Logger?.LogInformation("{Symbol}", quote.Symbol);
    }
}
