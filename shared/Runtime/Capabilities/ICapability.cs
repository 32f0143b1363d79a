namespace Vivace.Runtime.Capabilities;

/// <summary>
/// Something that profiles can allow or refuse: a context provider, an action or an evaluator. Implementations are found
/// when the assembly is compiled and registered as singletons; they hold no state of a turn.
/// </summary>
public interface ICapability
{
    /// <summary>Name, tags and place; constant for the life of the process.</summary>
    CapabilityDescriptor Descriptor { get; }
}
