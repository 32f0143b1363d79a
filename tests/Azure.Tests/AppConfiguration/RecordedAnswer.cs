namespace Vivace.Azure.Tests.AppConfiguration;

/// <summary>What the emulator answered.</summary>
internal sealed record RecordedAnswer(int Status, ILookup<string, string> Headers, string Body);
