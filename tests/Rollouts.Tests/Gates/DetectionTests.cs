using Vivace.Rollouts.Gates;

namespace Vivace.Rollouts.Tests.Gates;

/// <summary>How soon failures that rise from 1 to 5 % are found, computed exactly: no simulation, no seed. The
/// quantiles were computed independently as well.</summary>
public class DetectionTests
{
    private const int Most = 150;

    [Fact]
    public void A_single_guard_finds_them_within_480_units_an_arm_in_nine_of_ten_rollouts()
    {
        var found = FoundAfter(unitsAnArm: 480, threshold: 20);
        Assert.True(found[2 * 480] >= 0.9, $"{found[2 * 480]:P1}");
        Assert.Equal(0.886, found[2 * 450], 0.002);
        Assert.Equal(217, FirstAt(found, 0.5), 1.0);
        Assert.Equal(471, FirstAt(found, 0.9), 1.0);
    }

    [Fact]
    public void One_of_four_guards_finds_them_within_650_units_an_arm_in_nine_of_ten_rollouts()
    {
        var found = FoundAfter(unitsAnArm: 650, threshold: 80);
        Assert.True(found[2 * 650] >= 0.9, $"{found[2 * 650]:P1}");
        Assert.Equal(311, FirstAt(found, 0.5), 1.0);
        Assert.Equal(632, FirstAt(found, 0.9), 1.0);
    }

    private static double FirstAt(double[] found, double share) => Array.FindIndex(found, f => f >= share) / 2.0;

    /// <summary>The chance that E has reached the threshold after so many units an arm, each unit assigned to one of them by lot.</summary>
    private static double[] FoundAfter(int unitsAnArm, double threshold, double fast = 0.05, double control = 0.01)
    {
        var reached = Reached(Math.Log10(threshold));
        var chance = new double[Most, Most];
        chance[0, 0] = 1;
        var found = new double[(2 * unitsAnArm) + 1];
        (int Fast, int Control, double Chance)[] unit = [(0, 0, 1 - ((fast + control) / 2)), (1, 0, fast / 2), (0, 1, control / 2)];
        for (var i = 1; i < found.Length; i++)
        {
            var next = new double[Most, Most];
            found[i] = found[i - 1] + unit.Sum(p => Move(chance, next, reached, p.Fast, p.Control, p.Chance));
            chance = next;
        }

        return found;
    }

    /// <summary>Adds so many bad units with a chance; returns the chance that E has reached the threshold with them.</summary>
    private static double Move(double[,] from, double[,] to, bool[,] reached, int fast, int control, double chance)
    {
        var found = 0.0;
        for (var k = 0; k + fast < Most; k++)
        {
            for (var c = 0; c + control < Most; c++)
            {
                if (reached[k + fast, c + control])
                {
                    found += from[k, c] * chance;
                }
                else
                {
                    to[k + fast, c + control] += from[k, c] * chance;
                }
            }
        }

        return found;
    }

    private static bool[,] Reached(double log10Threshold)
    {
        var reached = new bool[Most, Most];
        for (var k = 0; k < Most; k++)
        {
            for (var c = 0; c < Most; c++)
            {
                reached[k, c] = SequentialTest.Log10EOfArms(k, k + c) >= log10Threshold;
            }
        }

        return reached;
    }
}
