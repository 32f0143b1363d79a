namespace Vivace.Runtime.Tests.Isolation;

internal sealed record ScenarioVerdict(long ModelCalls, int WrongModels, int WrongRooms, int Lost, int Duplicated, int Cancelled, int Failed);
