namespace Vivace.Cli.Drill.Judging;

/// <summary>How a drill went at one endpoint; milliseconds after the deciding unit's end, 0 where it was before.</summary>
/// <param name="Endpoint">Its address.</param>
/// <param name="Units">Units that were sent there.</param>
/// <param name="Fast">Of those, admitted to fast mode.</param>
/// <param name="LastFastMs">When the last of them was sent; null: none was admitted, or nothing decided.</param>
/// <param name="OffMs">When the first turn after it was sent that was served default by the flag; null: never.</param>
internal sealed record DrillEndpointReport(string Endpoint, int Units, int Fast, double? LastFastMs, double? OffMs);
