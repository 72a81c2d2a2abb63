namespace Workbench.Sdk;

/// <summary>What a reader of a stream gets when it is slower than the market.</summary>
public enum Delivery
{
    /// <summary>The newest value; older ones that were not read yet are replaced. The right choice for decisions.</summary>
    Latest,

    /// <summary>Every event, in order, from a bounded queue. When a live reader falls behind by a whole queue, the oldest events are dropped and counted; a tape waits for its readers instead.</summary>
    EveryEvent,
}
