namespace Vivace.Bench;

/// <summary>What every turn of the bench says: a direct message that calls no action.</summary>
internal static class BenchMessage
{
    public const string Text = "Could you tell me in a sentence or two what you would have for lunch today, and why?";
}
