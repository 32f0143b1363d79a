namespace Vivace.Rollouts.Simulating;

/// <summary>Turns in order of time; times are seconds from the rollout's start.</summary>
internal interface ITrafficSource
{
    /// <summary>When the next turn comes; infinite when none does.</summary>
    double NextAt { get; }

    /// <summary>Assigns arms for a percent, from a moment on.</summary>
    void Begin(double percent, double now);

    /// <summary>The next turn; what follows from it may come before the one after.</summary>
    SimulatedTurn Take();
}
