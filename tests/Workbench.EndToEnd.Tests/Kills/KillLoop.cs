
namespace Workbench.EndToEnd.Tests.Kills;

/// <summary>Kills one installation again and again at moments drawn from a seed.</summary>
internal sealed class KillLoop(KillSubject subject, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Lives that ended before the script began.</summary>
    public int DuringStart { get; private set; }

    public async Task RunAsync(int kills, CancellationToken cancellationToken)
    {
        for (var i = 0; i < kills; i++)
        {
            // Most die while they trade; some while they start, read the journal and recover.
            var whileTrading = _random.Next(6) != 0;
            var moment = TimeSpan.FromMilliseconds(whileTrading ? _random.Next(0, 250) : _random.Next(50, 1500));
            using var life = subject.Start("trade");
            await LiveAsync(life, whileTrading, moment, cancellationToken);
            KillSubject.NoViolation(life);
            DuringStart += life.Output.Contains("began with", StringComparison.Ordinal) ? 0 : 1;
        }
    }

    private static async Task LiveAsync(WorkbenchProcess life, bool whileTrading, TimeSpan moment, CancellationToken cancellationToken)
    {
        if (whileTrading)
        {
            await life.WroteAsync("trading");
        }

        // Not a wait for something to happen: the moment itself is what is drawn.
        await Task.Delay(moment, cancellationToken);
        life.HasEnded.ShouldBeFalse(life.ToString());
        life.Kill();
        await life.EndedAsync();
    }
}
