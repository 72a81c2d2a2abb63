using Workbench.Tui.Text;

namespace Workbench.Tui.Tests;

public sealed class SafeTextTests
{
    public static TheoryData<string, string> Corpus => new()
    {
        { "plain text, 61800.10 USDT", "plain text, 61800.10 USDT" },
        { "\u001b[31mred\u001b[0m", "·[31mred·[0m" },
        { "\u001b]0;title\u0007", "·]0;title·" },
        { "\u001b]52;c;ZXZpbA==\u001b\\", "·]52;c;ZXZpbA==·\\" },
        { "\u001bP1$r\u001b\\", "·P1$r·\\" },
        { "\u009b2J\u009d0;x\u009c", "·2J·0;x·" },
        { "a\r\nb\tc", "a  b c" },
        { "bell\u0007 back\b\b\b del\u007f nul\0", "bell· back· del· nul·" },
        { "price \u202e00816\u202c end", "price ·00816· end" },
        { "\u2066a\u2069\u200e\u200f\u061cb", "·a·b" },
        { "zero\u200bwidth\u2060join\u200d\ufeff", "zero·width·join·" },
        { "line\u2028para\u2029nbsp\u00a0", "line para nbsp " },
        { "soft\u00adhyphen", "soft·hyphen" },
        { "hidden \U000E0041\U000E0042 tags", "hidden · tags" },
        { "private \ue000 use", "private · use" },
        { "lone \ud800 surrogate", "lone · surrogate" },
        { "rep\ufffdlacement", "rep·lacement" },
        { "שלום 123", "· 123" },
        { "日経225", "日経225" },
        { "Zürich ✓", "Zürich ✓" },
        { "z\u0301\u0302\u0303\u0304\u0305algo", "z\u0301\u0302algo" },
        { "heart\ufe0f", "heart·" },
        { "blank\u3164filler", "blank·filler" },
    };

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Text_becomes_harmless(string text, string expected) => SafeText.Of(text).ShouldBe(expected);

    [Theory]
    [MemberData(nameof(Corpus))]
    public void Harmless_text_stays_as_it_is(string text, string expected)
    {
        _ = text;
        SafeText.Of(expected).ShouldBe(expected);
    }

    [Fact]
    public void Every_character_of_the_first_plane_is_printable_afterwards()
    {
        for (var c = 0; c <= 0xFFFF; c++)
        {
            var safe = SafeText.Of($"a{(char)c}b");
            safe.ShouldAllBe(s => !char.IsControl(s) && !char.IsSurrogate(s) && char.GetUnicodeCategory(s) != System.Globalization.UnicodeCategory.Format, $"U+{c:X4}");
        }
    }

    [Theory]
    [InlineData(512)]
    [InlineData(16)]
    public void Long_text_is_cut_with_a_sign(int maximum)
    {
        SafeText.Of(new string('x', 100_000), maximum).Length.ShouldBeLessThanOrEqualTo(maximum);
        SafeText.Of(new string('x', 100_000), maximum).ShouldEndWith("…");
        SafeText.Of(new string('\u001b', 100_000), maximum).Length.ShouldBe(1);
    }

    [Fact]
    public void Missing_text_is_empty() => SafeText.Of(null).ShouldBe("");
}
