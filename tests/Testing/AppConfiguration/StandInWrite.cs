namespace Vivace.Testing.AppConfiguration;

/// <summary>What became of a write: the status of its answer, and the key-value that the answer shows.</summary>
internal sealed record StandInWrite(int Status, StandInSetting? Setting = null);
