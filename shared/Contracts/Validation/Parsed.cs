using System.Diagnostics.CodeAnalysis;
using Vivace.Contracts.Problems;

namespace Vivace.Contracts.Validation;

/// <summary>A parsed body, or every fault found in it; and how many members were ignored because nobody knows them.</summary>
public readonly record struct Parsed<T>(T? Value, IReadOnlyList<BodyFault> Faults, int UnknownMembers = 0)
    where T : class
{
    /// <summary>True when there is a value and no fault.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Faults.Count == 0;
}
