using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Workbench.Scripting.Tests;

public sealed class Script_compile_tests : ScriptTestBase
{
    [Fact]
    public async Task Script_with_a_syntax_error_names_file_line_and_column()
    {
        var error = (await Errors("var a = 1;\nvar b = ;\n")).ShouldHaveSingleItem();

        error.File.ShouldBe(Path.Combine(Folder, "bad.csx"));
        (error.Line, error.Column, error.Id, error.Severity).ShouldBe((2, 9, "CS1525", ScriptSeverity.Error));
        error.ToString().ShouldBe($"{error.File}(2,9): error CS1525: Invalid expression term ';'");
    }

    [Fact]
    public async Task Script_with_type_errors_inside_loops_names_the_columns_that_the_author_sees()
    {
        var errors = await Errors("while (true) { int x = \"a\"; } for (;;) Nope();\nforeach (var c in \"abc\") c.Nothing();");

        errors.Select(e => (e.Line, e.Column, e.Id)).ShouldBe([(1, 24, "CS0029"), (1, 40, "CS0103"), (2, 28, "CS1061")]);
    }

    [Fact]
    public async Task Declaration_as_a_loop_body_stays_an_error()
    {
        (await Errors("while (true) int x = 1;")).Select(e => e.Id).ShouldContain("CS1023");
    }

    [Fact]
    public async Task Swapped_price_and_quantity_do_not_compile()
    {
        (await Errors("Orders.Buy(\"BTC/USDT\", Px(61800m), Qty(0.001m));")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Error_in_a_loaded_file_carries_the_name_of_that_file()
    {
        var loaded = Write("lib/part.csx", "int F() => 1;\nint G() => Missing;\n");

        var error = (await Errors("#load \"lib/part.csx\"\nreturn F() + G();")).ShouldHaveSingleItem();

        (error.File, error.Line, error.Column, error.Id).ShouldBe((loaded, 2, 12, "CS0103"));
    }

    [Fact]
    public async Task Missing_loaded_file_is_an_error_at_the_directive()
    {
        var error = (await Errors("#load \"nowhere.csx\"\n")).ShouldHaveSingleItem();

        (error.Line, error.Id).ShouldBe((1, "CS1504"));
        error.Message.ShouldContain("nowhere.csx");
    }

    [Theory]
    [InlineData("nuget: Newtonsoft.Json, 13.0.3")]
    [InlineData("plugin: Workbench.Plugins.Binance")]
    public async Task Reference_of_a_kind_that_is_not_offered_is_one_clear_error(string reference)
    {
        var error = (await Errors($"#r \"{reference}\"\nusing Some.Thing;\nreturn 1;")).ShouldHaveSingleItem();

        (error.Line, error.Column, error.Id).ShouldBe((1, 4, "WB2001"));
        error.Message.ShouldContain(reference);
    }

    [Fact]
    public async Task Referenced_assembly_and_what_lies_beside_it_are_found_at_compile_and_run_time()
    {
        var inner = Library("Inner", "public static class Inner { public static int Two() => 2; }");
        Library("Outer", "public static class Outer { public static int Four() => Inner.Two() * 2; }", inner);

        var (result, _) = await Run("#r \"bin/Outer.dll\"\nreturn Outer.Four();");

        result.ShouldBe(new ScriptResult.Succeeded(4));
    }

    [Fact]
    public async Task Missing_script_names_the_nearest_ones()
    {
        foreach (var name in new[] { "quickstart.csx", "failover.csx", "replay.csx", "hello.csx" })
        {
            Write(name, "");
        }

        var result = await Engine().CompileAsync(ScriptSource.FromFile(Path.Combine(Folder, "quikstart.csx")), TestContext.Current.CancellationToken);

        var missing = result.ShouldBeOfType<ScriptCompilation.NotFound>();
        missing.Path.ShouldBe(Path.Combine(Folder, "quikstart.csx"));
        missing.Nearest[0].ShouldBe("quickstart.csx");
        missing.Message.ShouldContain("Did you mean quickstart.csx");
    }

    [Fact]
    public async Task Missing_folder_is_said()
    {
        var result = await Engine().CompileAsync(ScriptSource.FromFile(Path.Combine(Folder, "no/where.csx")), TestContext.Current.CancellationToken);

        result.ShouldBeOfType<ScriptCompilation.NotFound>().Message.ShouldContain("does not exist");
    }

    [Fact]
    public async Task Folder_instead_of_a_file_is_refused()
    {
        var result = await Engine().CompileAsync(ScriptSource.FromFile(Folder), TestContext.Current.CancellationToken);

        result.ShouldBeOfType<ScriptCompilation.Refused>().Reason.ShouldContain("folder");
    }

    [Fact]
    public async Task Script_of_more_than_a_megabyte_is_refused()
    {
        var path = Write("big.csx", new string(' ', ScriptEngineOptions.MaxSourceBytes + 1));

        var result = await Engine().CompileAsync(ScriptSource.FromFile(path), TestContext.Current.CancellationToken);

        result.ShouldBeOfType<ScriptCompilation.Refused>().Reason.ShouldContain("1048576");
    }

    [Fact]
    public async Task Script_that_loads_itself_ends_with_a_value()
    {
        var path = Write("self.csx", "#load \"self.csx\"\nint F() => 1;\nreturn F();");

        var result = await Engine().CompileAsync(ScriptSource.FromFile(path), TestContext.Current.CancellationToken).WaitAsync(Generous);

        result.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("A<")]
    [InlineData("$\"{")]
    public async Task Expression_that_is_far_too_deep_is_an_error_and_not_the_end_of_the_host(string piece)
    {
        (await Errors("return 1 " + string.Concat(Enumerable.Repeat(piece, 100_000)) + ";")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Loaded_file_that_is_far_too_deep_is_an_error_too()
    {
        Write("deep.csx", new string('(', 300_000));

        (await Errors("#load \"deep.csx\"\n")).ShouldHaveSingleItem().Message.ShouldContain("nested more than 500 deep");
    }

    [Fact]
    public async Task Long_sums_and_chains_of_ifs_compile()
    {
        var text = "var a = \"x\"; var n = 2;\nvar s = " + string.Join(" +\n", Enumerable.Repeat("a + \"line\"", 3_000)) + ";\n"
            + string.Concat(Enumerable.Range(3, 400).Select(i => $"if (n == {i}) n = 0; else ")) + "n = 1;\nreturn s.Length + n;";

        (await Run(text)).Result.ShouldBe(new ScriptResult.Succeeded(15_001));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("a ? b : ")]
    [InlineData("a => ")]
    [InlineData("x = ")]
    [InlineData("(int)")]
    [InlineData("a.b(c => d).")]
    public async Task Expression_that_is_too_deep_for_the_binder_is_an_error(string piece)
    {
        (await Errors("return " + string.Concat(Enumerable.Repeat(piece, 8_000)) + "a;")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Log_takes_messages_without_a_using()
    {
        (await Run("Log.LogInformation(\"bought {Quantity}\", Qty(1m)); return 1;")).Result.ShouldBe(new ScriptResult.Succeeded(1));
    }

    [Fact]
    public async Task Unsaved_text_compiles_as_if_it_stood_in_its_file()
    {
        Write("part.csx", "int F() => 1;");
        var source = ScriptSource.FromText("#load \"part.csx\"\nreturn F() + nope;", Path.Combine(Folder, "unsaved.csx"));

        var result = await Engine().CompileAsync(source, TestContext.Current.CancellationToken);

        result.ShouldBeOfType<ScriptCompilation.CompileFailed>().Diagnostics.ShouldHaveSingleItem().File.ShouldBe(Path.Combine(Folder, "unsaved.csx"));
    }

    [Fact]
    public async Task Compile_that_is_given_up_throws_for_its_caller()
    {
        await Should.ThrowAsync<OperationCanceledException>(() => Engine().CompileAsync(ScriptSource.FromFile(Write("a.csx", "return 1;")), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Warnings_do_not_show()
    {
        var (result, output) = await Run("int unused; async Task F() { } await F();");

        result.ShouldBe(new ScriptResult.Succeeded(null));
        output.ShouldBeEmpty();
    }

    private string Library(string name, string code, params string[] references)
    {
        var path = Path.Combine(Folder, "bin", name + ".dll");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            [MetadataReference.CreateFromFile(typeof(object).Assembly.Location), .. references.Select(r => MetadataReference.CreateFromFile(r))],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        compilation.Emit(path).Success.ShouldBeTrue();
        return path;
    }
}
