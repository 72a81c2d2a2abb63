namespace Workbench.Simulator.Flow;

/// <summary>
/// PCG-XSH-RR random numbers. Our own so that a seed means the same sequence on every runtime; one stream per concern, so
/// that drawing more in one place does not shift another.
/// </summary>
internal struct Pcg32
{
    private const ulong Multiplier = 6364136223846793005;
    private readonly ulong _increment;
    private ulong _state;

    public Pcg32(ulong seed, ulong stream)
    {
        unchecked
        {
            _increment = (stream << 1) | 1;
            _state = (_increment + seed) * Multiplier + _increment;
        }
    }

    /// <summary>Stable stream number for a concern and a name (FNV-1a).</summary>
    public static ulong StreamOf(string concern, string name)
    {
        unchecked
        {
            var hash = 14695981039346656037UL;
            foreach (var c in concern)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            hash = (hash ^ '/') * 1099511628211UL;
            foreach (var c in name)
            {
                hash = (hash ^ c) * 1099511628211UL;
            }

            return hash;
        }
    }

    public uint Next()
    {
        unchecked
        {
            var old = _state;
            _state = (old * Multiplier) + _increment;
            var shifted = (uint)(((old >> 18) ^ old) >> 27);
            var rotation = (int)(old >> 59);
            return (shifted >> rotation) | (shifted << (-rotation & 31));
        }
    }

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>], both included.</summary>
    public int Range(int low, int high)
    {
        var span = (ulong)((long)high - low + 1);
        return (int)(low + (long)((Next() * span) >> 32));
    }

    /// <summary>Bell-shaped integer around 0 within ±<paramref name="reach"/> (sum of three uniforms).</summary>
    public int Bell(int reach) => (Range(-reach, reach) + Range(-reach, reach) + Range(-reach, reach)) / 3;

    public bool Chance(int percent) => Range(1, 100) <= percent;
}
