namespace Workbench.Plugins.Bybit.Tests;

public sealed class Placeholder_tests
{
    [Fact]
    public void Placeholder() => true.ShouldBeTrue();
}
