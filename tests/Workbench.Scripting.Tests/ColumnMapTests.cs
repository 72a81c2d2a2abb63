using Workbench.Scripting.Compiling;

namespace Workbench.Scripting.Tests;

public sealed class Column_map_tests
{
    [Fact]
    public void Every_column_of_a_woven_line_leads_back_to_its_own()
    {
        const string Original = "for(;;)while(a)b();c();";
        Insertion[] insertions = [new(0, 7, 5), new(0, 15, 3), new(0, 19, 2), new(0, 19, 2)];
        var map = new ColumnMap(new Dictionary<string, IReadOnlyList<Insertion>> { ["f"] = insertions });

        for (var column = 0; column < Original.Length; column++)
        {
            var woven = column + insertions.Where(i => i.Column <= column).Sum(i => i.Length);
            map.Original("f", 1, woven + 1).ShouldBe(column + 1);
        }

        map.Original("f", 2, 30).ShouldBe(30);
        map.Original("other", 1, 30).ShouldBe(30);
    }

    [Fact]
    public void Column_inside_of_what_was_put_in_leads_to_where_it_was_put()
    {
        var map = new ColumnMap(new Dictionary<string, IReadOnlyList<Insertion>> { ["f"] = [new(0, 4, 10)] });

        map.Original("f", 1, 8).ShouldBe(5);
    }
}
