namespace Vivace.ServiceBus.Tests.JavaScript;

/// <summary>A test of the JavaScript client; skipped by name where it cannot run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = NodeScenario.WhyNot;
}
