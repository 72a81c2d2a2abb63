using Workbench.Core.Execution;
using Workbench.Sdk;

namespace Workbench.Core.Tests.Execution;

public sealed class ClientOrderIdsTests
{
    [Fact]
    public void Ids_have_seventeen_lower_case_characters_and_say_where_they_come_from()
    {
        var id = ClientOrderIds.Create("abc", 12, 34567, 3);
        id.Value.Length.ShouldBe(17);
        id.Value.ShouldStartWith("wabc00c");
        id.Value.ShouldAllBe(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c));
        ClientOrderIds.TryParse(id, out var parts).ShouldBeTrue();
        parts.ShouldBe(new ClientOrderIdParts("abc", 12, 34567, 3));
    }

    [Fact]
    public void Two_generators_of_one_epoch_make_the_same_ids_and_none_twice()
    {
        var (a, b) = (new ClientOrderIds("abc", 7), new ClientOrderIds("abc", 7));
        var ids = Enumerable.Range(0, 10_000).Select(_ => a.Next()).ToArray();
        ids.ShouldBe(Enumerable.Range(0, 10_000).Select(_ => b.Next()).ToArray());
        ids.Distinct().Count().ShouldBe(10_000);
    }

    [Fact]
    public void Every_single_wrong_character_is_noticed()
    {
        var text = ClientOrderIds.Create("k2z", 300, 9_999_999, 31).Value;
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var c in "0123456789abcdefghjkmnpqrstvwxyz".Where(c => c != text[i]))
            {
                var wrong = new ClientOrderId(string.Concat(text.AsSpan(0, i), c.ToString(), text.AsSpan(i + 1)));
                ClientOrderIds.TryParse(wrong, out _).ShouldBeFalse(wrong.Value);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("w")]
    [InlineData("web_7f3a9c0d")]
    [InlineData("WABC00C000111X0YY")]
    public void Other_peoples_ids_are_not_ours(string text) =>
        ClientOrderIds.TryParse(text.Length == 0 ? default : new ClientOrderId(text), out _).ShouldBeFalse();

    [Fact]
    public void Ids_belong_to_one_installation()
    {
        var id = ClientOrderIds.Create("abc", 1, 1, 0);
        ClientOrderIds.IsOurs(id, "abc").ShouldBeTrue();
        ClientOrderIds.IsOurs(id, "abd").ShouldBeFalse();
    }

    [Fact]
    public void Parts_out_of_range_are_refused()
    {
        Should.Throw<ArgumentException>(() => ClientOrderIds.Create("ABC", 1, 1, 0));
        Should.Throw<ArgumentException>(() => ClientOrderIds.Create("abc", 32_768, 1, 0));
        Should.Throw<ArgumentException>(() => ClientOrderIds.Create("abc", -1, 1, 0));
        Should.Throw<ArgumentException>(() => ClientOrderIds.Create("abc", 1, 1, 32));
        Should.NotThrow(() => ClientOrderIds.Create("abc", 32_767, (1L << 35) - 1, 31));
    }
}
