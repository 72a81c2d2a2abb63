using System.Text.RegularExpressions;

namespace Workbench.Scripting.Tests;

/// <summary>Code in the documentation is code that compiles.</summary>
public sealed class DocumentationTests : ScriptTestBase
{
    public static TheoryData<string, int> Blocks
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var page in Directory.GetFiles(Root(), "*.md").Concat(Directory.GetFiles(Path.Combine(Root(), "docs"), "*.md")))
            {
                for (var i = 0; i < In(page).Count; i++)
                {
                    data.Add(Path.GetRelativePath(Root(), page), i);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public async Task Script_in_the_documentation_compiles(string page, int block) =>
        await Compiled(Engine(), Write("block.csx", In(Path.Combine(Root(), page))[block]));

    private static List<string> In(string page) =>
        [.. Regex.Matches(File.ReadAllText(page), "```csharp\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Workbench.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
