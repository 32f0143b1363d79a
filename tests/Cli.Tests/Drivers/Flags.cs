namespace Vivace.Cli.Tests.Drivers;

/// <summary>Flag files.</summary>
internal static class Flags
{
    /// <param name="fastPercent">Units in the fast arm; as many at the other end are in control.</param>
    public static IReadOnlyDictionary<string, string> File(bool contract = true, bool runtime = true, int fastPercent = 100) => new Dictionary<string, string>
    {
        ["flags.json"] = $$$"""
            {"feature_management":{"feature_flags":[
              {"id":"fast-mode-contract","enabled":{{{(contract ? "true" : "false")}}}},
              {"id":"fast-mode-runtime","enabled":{{{(runtime ? "true" : "false")}}},
                "variants":[{"name":"fast"},{"name":"control"}],
                "allocation":{"seed":"test","default_when_disabled":"control","percentile":[
                  {"variant":"fast","from":0,"to":{{{fastPercent}}}},{"variant":"control","from":{{{fastPercent}}},"to":100}]}}
            ]}}
            """,
    };
}
