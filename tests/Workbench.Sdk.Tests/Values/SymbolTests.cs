namespace Workbench.Sdk.Tests.Values;

public sealed class SymbolTests
{
    private static readonly string Longest = new('A', 32);

    [Fact]
    public void Symbol_has_a_base_and_a_quote()
    {
        Symbol symbol = "BTC/USDT";
        (symbol.Base, symbol.Quote, symbol.ToString()).ShouldBe((new Asset("BTC"), new Asset("USDT"), "BTC/USDT"));
    }

    [Fact]
    public void Symbol_of_two_assets_equals_the_one_of_its_text()
    {
        var symbol = new Symbol(new Asset("BTC"), new Asset("USDT"));
        Symbol text = "BTC/USDT";
        (symbol == text, symbol != text, symbol.Equals((object)text), symbol.GetHashCode() == text.GetHashCode(), symbol.CompareTo(text)).ShouldBe((true, false, true, true, 0));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("BTC")]
    [InlineData("BTCUSDT")]
    [InlineData("/")]
    [InlineData("/USDT")]
    [InlineData("BTC/")]
    [InlineData("BTC/USDT/X")]
    [InlineData("BTC//USDT")]
    [InlineData("BTC /USDT")]
    [InlineData(" BTC/USDT")]
    [InlineData("BTC/USDT\n")]
    [InlineData("BTC/US\u0007DT")]
    [InlineData("BTC/US\u00a0DT")]
    public void Text_that_is_no_symbol_is_refused(string? text)
    {
        Symbol.TryParse(text, out var symbol).ShouldBeFalse();
        symbol.ShouldBe(default);
        Should.Throw<FormatException>(() => Symbol.Parse(text!)).Message.ShouldContain($"'{text}'");
    }

    [Fact]
    public void Symbol_that_can_be_read_has_assets_that_exist()
    {
        var symbol = Symbol.Parse($"{Longest}/{Longest}");
        (symbol.Base.Code, symbol.Quote.Code).ShouldBe((Longest, Longest));
        Symbol.TryParse($"{Longest}A/USDT", out _).ShouldBeFalse();
        Symbol.TryParse($"BTC/{Longest}A", out _).ShouldBeFalse();
    }

    [Fact]
    public void Symbol_of_no_asset_does_not_exist()
    {
        Should.Throw<ArgumentException>(() => new Symbol(default, new Asset("USDT")));
        Should.Throw<ArgumentException>(() => new Symbol(new Asset("BTC"), default));
    }

    [Fact]
    public void Symbol_by_default_is_empty_and_equals_itself()
    {
        var none = default(Symbol);
        (none.ToString(), none.Base, none.Quote, none.GetHashCode(), none == default).ShouldBe(("", default, default, 0, true));
        (none == "BTC/USDT").ShouldBeFalse();
    }

    [Fact]
    public void Symbols_are_ordered_and_told_apart_ordinally()
    {
        (Symbol.Parse("btc/USDT") == "BTC/USDT").ShouldBeFalse();
        new Symbol[] { "b/X", "B/X", "A/X" }.Order().Select(s => s.ToString()).ShouldBe(["A/X", "B/X", "b/X"]);
    }

    [Theory]
    [InlineData("1000SHIB")]
    [InlineData("币安人生")]
    public void Asset_may_have_any_letters(string code) => new Asset(code).ToString().ShouldBe(code);

    [Theory]
    [InlineData("")]
    [InlineData("A B")]
    [InlineData("A/B")]
    [InlineData("A\0")]
    public void Asset_of_a_bad_code_does_not_exist(string code) => Should.Throw<ArgumentException>(() => new Asset(code));

    [Fact]
    public void Asset_has_at_most_32_letters()
    {
        new Asset(Longest).Code.ShouldBe(Longest);
        Should.Throw<ArgumentException>(() => new Asset(Longest + "A"));
    }
}
