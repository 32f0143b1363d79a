using System.Security.Cryptography;
using System.Text;

namespace Vivace.Rollouts.Measuring;

/// <summary>What a unit of assignment is called in measurements.</summary>
public static class RolloutUnit
{
    /// <summary>
    /// The first 16 bytes of SHA-256 of the rollout's id and the unit, hexadecimal: another name in each rollout, so that a
    /// unit cannot be followed from one to the next, and no user's id anywhere.
    /// </summary>
    /// <param name="rolloutId">The seed of the assignment.</param>
    /// <param name="unit">The unit of assignment.</param>
    public static string Of(string rolloutId, string unit)
        => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{rolloutId}\n{unit}")).AsSpan(0, 16));
}
