using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vivace.Runtime.Tests.Architecture;

/// <summary>Finds state that one turn could leave to another: static fields, and fields of singletons, that can change.</summary>
internal static class MutableState
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> StaticsOf(IEnumerable<Type> types) => types
        .Where(IsOurs)
        .SelectMany(t => t.GetFields(All))
        .Where(f => f.IsStatic && !f.IsLiteral && (!f.IsInitOnly || IsMutableCollection(f.FieldType)))
        .Where(f => !IsGenerated(f))
        .Select(Name);

    public static IEnumerable<string> FieldsOf(IEnumerable<Type> singletons) => singletons
        .Where(IsOurs)
        .SelectMany(t => t.GetFields(All))
        .Where(f => !f.IsStatic && (!f.IsInitOnly || IsMutableCollection(f.FieldType)) && !IsGenerated(f))
        .Select(Name);

    private static bool IsOurs(Type type)
        => type.Namespace?.StartsWith("Vivace", StringComparison.Ordinal) is true
            && !type.FullName!.Contains('<', StringComparison.Ordinal)
            && !type.IsDefined(typeof(CompilerGeneratedAttribute), false);

    private static bool IsGenerated(FieldInfo field)
        => field.DeclaringType!.BaseType?.Name == "JsonSerializerContext"
            || field.DeclaringType.Name.EndsWith("JsonContext", StringComparison.Ordinal)
            || (field.Name.StartsWith('<') && (field.IsInitOnly || IsCapturedParameter(field)) && !IsMutableCollection(field.FieldType));

    /// <summary>A parameter of a primary constructor; the compiler does not mark its field read-only.</summary>
    private static bool IsCapturedParameter(FieldInfo field) => field.Name.EndsWith(">P", StringComparison.Ordinal);

    private static bool IsMutableCollection(Type type)
        => typeof(IEnumerable).IsAssignableFrom(type)
            && type != typeof(string)
            && !type.IsArray
            && !(type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen")
            && !type.Name.StartsWith("IReadOnly", StringComparison.Ordinal);

    private static string Name(FieldInfo field) => $"{field.DeclaringType!.FullName}.{field.Name}";
}
