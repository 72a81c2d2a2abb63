namespace Workbench.Core.Tests;

public sealed class Placeholder_tests
{
    [Fact]
    public void Placeholder() => true.ShouldBeTrue();
}
