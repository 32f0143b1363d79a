using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vivace.Analyzers;

namespace Vivace.Runtime.Tests.Architecture;

public sealed class AnalyzerTests
{
    private const string Scope = """
        public static class ModelRoutingScope { public static System.IDisposable Begin(object routing) => null!; }
        """;

    [Theory]
    [InlineData("async System.Collections.Generic.IAsyncEnumerable<int> M() { using var s = ModelRoutingScope.Begin(1); await System.Threading.Tasks.Task.Yield(); yield return 1; }", 1)]
    [InlineData("System.Collections.Generic.IEnumerable<int> M() { using var s = ModelRoutingScope.Begin(1); yield return 1; }", 1)]
    [InlineData("void M() { System.Collections.Generic.IEnumerable<int> L() { using var s = ModelRoutingScope.Begin(1); yield return 1; } }", 1)]
    [InlineData("async System.Threading.Tasks.Task M() { using var s = ModelRoutingScope.Begin(1); await System.Threading.Tasks.Task.Yield(); }", 0)]
    [InlineData("System.Collections.Generic.IEnumerable<int> M() { System.Action a = () => { using var s = ModelRoutingScope.Begin(1); }; yield return 1; }", 0)]
    public async Task A_scope_begun_in_an_iterator_is_an_error(string method, int errors)
    {
        var found = await AnalyzeAsync($"{Scope} class C {{ {method} }}");

        Assert.Equal(errors, found.Count(d => d.Id == "VIV001" && d.Severity == DiagnosticSeverity.Error));
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Threading.Tasks.dll")
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create(
            "Sample", [CSharpSyntaxTree.ParseText(source)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return await compilation.WithAnalyzers([new RoutingScopeInIteratorAnalyzer()]).GetAnalyzerDiagnosticsAsync();
    }
}
