using Workbench.Tui.Painting;
using Workbench.Tui.Panels;
using Workbench.Tui.Screen;

namespace Workbench.Tui.Tests.Support;

/// <summary>A panel that throws while <see cref="IsBroken"/>.</summary>
internal sealed class BrokenPanel(Palette palette, bool inUpdate) : Panel(2, "Quotes", palette)
{
    public bool IsBroken { get; set; } = true;

    public int Calls { get; private set; }

    public override int WantedHeight(Picture picture) => 4;

    protected override bool Differs(Picture before, Picture after) => true;

    protected override void Update(Picture picture) => ThrowIf(inUpdate);

    protected override string Paint(Canvas canvas, Picture picture)
    {
        ThrowIf(!inUpdate);
        canvas.Text(1, 1, "it works again", Palette.Text);
        return "";
    }

    private void ThrowIf(bool here)
    {
        if (here && IsBroken)
        {
            Calls++;
            throw new InvalidOperationException("quotes went \u001b[2Jwrong");
        }
    }
}
