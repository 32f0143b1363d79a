namespace Vivace.Bench.Reporting;

/// <summary>One row of the table.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Vivace">Vivace's figure.</param>
/// <param name="Beside">The figure of what ran beside it.</param>
/// <param name="BesideName">What ran beside it.</param>
/// <param name="Unit">Of both figures.</param>
/// <param name="Ratio">Vivace to the other, as the median of neighbouring rounds where there are rounds.</param>
/// <param name="Goal">Null: for information.</param>
internal sealed record Measure(string Name, double Vivace, double Beside, string BesideName, string Unit, double Ratio, Goal? Goal = null);
