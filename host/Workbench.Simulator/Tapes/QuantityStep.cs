namespace Workbench.Simulator.Tapes;

/// <summary>
/// The step of a symbol guessed from the quantities that occur. Live books hold a few orders from before a step was made
/// coarser, so decimals count only when at least one quantity in fifty has them.
/// </summary>
internal sealed class QuantityStep
{
    private const int Share = 50;
    private readonly int[] _counts = new int[9];
    private int _total;

    public int Decimals
    {
        get
        {
            var withAsMany = 0;
            for (var decimals = _counts.Length - 1; decimals > 0; decimals--)
            {
                withAsMany += _counts[decimals];
                if (withAsMany * Share > _total)
                {
                    return decimals;
                }
            }

            return 0;
        }
    }

    public void Note(int decimals)
    {
        _counts[Math.Min(decimals, _counts.Length - 1)]++;
        _total++;
    }
}
