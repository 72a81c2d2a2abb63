using CsCheck;
using Workbench.Simulator.Tests.Matching.Reference;

namespace Workbench.Simulator.Tests.Matching;

public sealed class ReferenceTests
{
    // A failure prints the seed that repeats it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Engine_agrees_event_by_event_with_a_market_written_as_plain_lists(bool rebatesInSpentAsset)
    {
        MarketCommand.All.Array[1, 60].Sample(
            commands =>
            {
                var world = new ReferenceWorld(rebatesInSpentAsset);
                foreach (var command in commands)
                {
                    world.Run(command);
                    world.Check();
                }
            },
            iter: 1500,
            print: commands => string.Join('\n', commands.Select(c => c.ToString())));
    }
}
