namespace Workbench.Core.Pipeline;

/// <summary>The data path, whole. Live, paper and replay run the same stages; only the sources, the clock and the effects differ.</summary>
internal static class TradingPipeline
{
    public static StagePipeline Build(Stages s) => StagePipeline
        .StartingWith(s.Journal)    // order facts are written down before anyone acts on them
        .Then(s.Sequencer)          // repeats and stragglers of an older session are dropped
        .Then(s.Routes)             // connection health in; which connection each market uses, and its data marked
        .Then(s.Books)              // market state: the newest quote and the order book of each connection
        .Then(s.Orders)             // our own state: acknowledgements, fills, rejects, unknowns
        .Then(s.Portfolio)          // positions and profit from fills
        .Then(s.Strategies)         // plugins: events in, intents out
        .Then(s.Risk)               // intents in, approved orders out
        .Then(s.Router)             // approved orders to the connection each one was approved for
        .Then(s.Views);             // scripts, console, history: they see the result and cannot delay it
}

/// <summary>The stages by name.</summary>
internal sealed record Stages(
    IStage Journal,
    IStage Sequencer,
    IStage Routes,
    IStage Books,
    IStage Orders,
    IStage Portfolio,
    IStage Strategies,
    IStage Risk,
    IStage Router,
    IStage Views);
