namespace Workbench.EndToEnd.Tests;

public sealed class Placeholder_tests
{
    [Fact]
    public void Placeholder() => true.ShouldBeTrue();
}
