using System.Numerics;

namespace Vivace.Rollouts.Tests.Gates;

/// <summary>E by enumeration in rational arithmetic, from its definition as an integral rather than from the sum in use.</summary>
internal static class ExactE
{
    /// <summary>θ₀ = p/q. ∫ from θ₀ to 1 of θ^k (1−θ)^m dθ, by the binomial expansion of (1−θ)^m.</summary>
    public static double Log10(int k, int n, int p, int q)
    {
        var m = n - k;
        var (numerator, denominator) = (BigInteger.Zero, BigInteger.One);
        for (var i = 0; i <= m; i++)
        {
            var power = k + i + 1;
            var term = Binomial(m, i) * (BigInteger.Pow(q, power) - BigInteger.Pow(p, power)) * (i % 2 == 0 ? 1 : -1);
            var scale = power * BigInteger.Pow(q, power);
            (numerator, denominator) = ((numerator * scale) + (term * denominator), denominator * scale);
        }

        // Divided by (1−θ₀) θ₀^k (1−θ₀)^m.
        numerator *= BigInteger.Pow(q, n + 1);
        denominator *= BigInteger.Pow(p, k) * BigInteger.Pow(q - p, m + 1);
        return BigInteger.Log10(numerator) - BigInteger.Log10(denominator);
    }

    /// <summary>The form for equal arms: Σ_{j≤k} C(n+1,j) / ((n+1)·C(n,k)).</summary>
    public static double Log10OfEqualArms(int k, int n)
    {
        var sum = BigInteger.Zero;
        for (var j = 0; j <= k; j++)
        {
            sum += Binomial(n + 1, j);
        }

        return BigInteger.Log10(sum) - BigInteger.Log10((n + 1) * Binomial(n, k));
    }

    public static BigInteger Binomial(int n, int k)
    {
        var result = BigInteger.One;
        for (var i = 1; i <= k; i++)
        {
            result = result * (n - k + i) / i;
        }

        return result;
    }
}
