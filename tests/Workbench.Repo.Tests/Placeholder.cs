namespace Workbench.Repo.Tests;

public sealed class Placeholder_tests
{
    [Fact]
    public void Placeholder() => true.ShouldBeTrue();
}
