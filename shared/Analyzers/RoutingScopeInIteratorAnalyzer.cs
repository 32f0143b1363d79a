using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Vivace.Analyzers;

/// <summary>
/// Forbids beginning the model routing scope inside an iterator: an AsyncLocal set there is gone at the second MoveNext,
/// and with it the routing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RoutingScopeInIteratorAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        "VIV001",
        "Model routing scope begun in an iterator",
        "Begin the model routing scope in a Task-returning method: in an iterator it is lost at the second MoveNext",
        "Correctness",
        DiagnosticSeverity.Error,
        isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(Check, OperationKind.Invocation);
    }

    private static void Check(OperationAnalysisContext context)
    {
        var invocation = (IInvocationOperation)context.Operation;
        if (invocation.TargetMethod is { Name: "Begin", ContainingType.Name: "ModelRoutingScope" } && IsInIterator(context))
        {
            context.ReportDiagnostic(Diagnostic.Create(Rule, invocation.Syntax.GetLocation()));
        }
    }

    private static bool IsInIterator(OperationAnalysisContext context)
    {
        for (var operation = context.Operation; operation is not null; operation = operation.Parent)
        {
            switch (operation)
            {
                case ILocalFunctionOperation local:
                    return local.Symbol.IsIterator;
                case IAnonymousFunctionOperation:
                    return false;
            }
        }

        return context.ContainingSymbol is IMethodSymbol { IsIterator: true };
    }
}
