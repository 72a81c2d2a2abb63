using Terminal.Gui.Drawing;

namespace Workbench.Tui.Painting;

/// <summary>Every ink by what it means. Colour never carries a meaning alone: a glyph, a sign or a word says the same.</summary>
internal sealed class Palette
{
    public required Ink Text { get; init; }

    public required Ink Strong { get; init; }

    /// <summary>Secondary text, and numbers too old to act on.</summary>
    public required Ink Dim { get; init; }

    public required Ink Rule { get; init; }

    public required Ink Header { get; init; }

    public required Ink Accent { get; init; }

    public required Ink Good { get; init; }

    public required Ink Warn { get; init; }

    public required Ink Bad { get; init; }

    /// <summary>A price that has just risen.</summary>
    public required Ink Rise { get; init; }

    /// <summary>A price that has just fallen.</summary>
    public required Ink Fall { get; init; }

    /// <summary>Trading goes on, but not as configured.</summary>
    public required Ink Banner { get; init; }

    /// <summary>Trading does not go on.</summary>
    public required Ink Alarm { get; init; }

    public required Ink Box { get; init; }

    public required Ink BoxStrong { get; init; }

    public required Ink ButtonFocused { get; init; }

    private Ink Sim { get; init; }

    private Ink Paper { get; init; }

    private Ink Testnet { get; init; }

    private Ink Live { get; init; }

    public static Palette Dark { get; } = CreateDark();

    public static Palette Mono { get; } = CreateMono();

    /// <summary>The background of the top line. What is not known to be harmless looks like LIVE.</summary>
    public Ink Environment(string environment) => environment switch
    {
        "SIM" => Sim,
        "PAPER" => Paper,
        "TESTNET" => Testnet,
        _ => Live,
    };

    private static Palette CreateDark()
    {
        var ground = new Color(13, 17, 23);
        var box = new Color(33, 40, 52);
        var white = new Color(255, 255, 255);
        var black = new Color(0, 0, 0);
        var text = new Color(208, 215, 222);
        var green = new Color(63, 185, 80);
        var red = new Color(255, 107, 97);
        var amber = new Color(227, 179, 65);
        Ink On(Color front, Color back, TextStyle style = TextStyle.None) => new(front, back, style);
        return new Palette
        {
            Text = On(text, ground),
            Strong = On(white, ground, TextStyle.Bold),
            Dim = On(new Color(125, 133, 144), ground),
            Rule = On(new Color(62, 70, 82), ground),
            Header = On(new Color(125, 133, 144), ground),
            Accent = On(new Color(88, 166, 255), ground, TextStyle.Bold),
            Good = On(green, ground),
            Warn = On(amber, ground),
            Bad = On(red, ground, TextStyle.Bold),
            Rise = On(green, ground, TextStyle.Bold),
            Fall = On(red, ground, TextStyle.Bold),
            Banner = On(black, amber, TextStyle.Bold),
            Alarm = On(white, new Color(164, 14, 38), TextStyle.Bold),
            Box = On(text, box),
            BoxStrong = On(white, box, TextStyle.Bold),
            ButtonFocused = On(black, new Color(88, 166, 255), TextStyle.Bold),
            Sim = On(white, new Color(31, 90, 190), TextStyle.Bold),
            Paper = On(black, new Color(57, 197, 207), TextStyle.Bold),
            Testnet = On(white, new Color(125, 70, 210), TextStyle.Bold),
            Live = On(white, new Color(207, 34, 46), TextStyle.Bold),
        };
    }

    private static Palette CreateMono()
    {
        Ink With(TextStyle style) => new(Color.None, Color.None, style);
        return new Palette
        {
            Text = With(TextStyle.None),
            Strong = With(TextStyle.Bold),
            Dim = With(TextStyle.Faint),
            Rule = With(TextStyle.Faint),
            Header = With(TextStyle.Underline),
            Accent = With(TextStyle.Bold),
            Good = With(TextStyle.None),
            Warn = With(TextStyle.Bold),
            Bad = With(TextStyle.Bold),
            Rise = With(TextStyle.Bold),
            Fall = With(TextStyle.Bold),
            Banner = With(TextStyle.Reverse | TextStyle.Bold),
            Alarm = With(TextStyle.Reverse | TextStyle.Bold | TextStyle.Underline),
            Box = With(TextStyle.None),
            BoxStrong = With(TextStyle.Bold),
            ButtonFocused = With(TextStyle.Reverse | TextStyle.Bold),
            Sim = With(TextStyle.Reverse),
            Paper = With(TextStyle.Reverse),
            Testnet = With(TextStyle.Reverse),
            Live = With(TextStyle.Reverse | TextStyle.Bold | TextStyle.Underline),
        };
    }
}
