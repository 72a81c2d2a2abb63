using Workbench.Sdk;

namespace Workbench.Transport.Budgets;

/// <summary>One window of one class at a moment.</summary>
/// <param name="Scope">The id of the scope it belongs to.</param>
/// <param name="Class">What is counted.</param>
/// <param name="Window">The window's length.</param>
/// <param name="Most">What the venue allows.</param>
/// <param name="Used">What is used, by our own count or the venue's, whichever is higher.</param>
/// <param name="ShareLeft">How much is left for reads, 0 to 1.</param>
/// <param name="PausedFor">How long the venue wants none of it; zero when it does not say so.</param>
internal readonly record struct RateUsage(string Scope, RateClass Class, TimeSpan Window, long Most, long Used, double ShareLeft, TimeSpan PausedFor);
