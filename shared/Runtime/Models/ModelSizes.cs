namespace Vivace.Runtime.Models;

public static class ModelSizes
{
    /// <summary>The size on the wire and in metric tags.</summary>
    public static string Wire(this ModelSize size) => size == ModelSize.Small ? "small" : "large";
}
