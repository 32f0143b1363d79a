namespace Vivace.Rollouts.Simulating;

/// <summary>Who sends the turns.</summary>
/// <param name="Owners">How many units; 0: every turn is a unit of its own.</param>
/// <param name="ZipfExponent">The i-th owner sends in proportion to i to the power of minus this.</param>
/// <param name="RateSigma">
/// σ of the log-normal factor, of mean one, by which each owner's own failure, unsafe and low-quality rates differ, each by a factor
/// of its own; rates are cut off at 1.
/// </param>
public sealed record Population(int Owners, double ZipfExponent = 1, double RateSigma = 2)
{
    /// <summary>Every turn is a unit of its own.</summary>
    public static Population Independent { get; } = new(0, 0, 0);
}
