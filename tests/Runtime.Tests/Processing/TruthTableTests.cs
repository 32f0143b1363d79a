using Vivace.Contracts.Processing;
using Vivace.Runtime.Processing;
using Vivace.Runtime.Profiles;
using Vivace.Runtime.Tests.Drivers;

namespace Vivace.Runtime.Tests.Processing;

public sealed class TruthTableTests
{
    private static readonly string[][] Dimensions =
    [
        ["-", "default", "fast"],
        ["-", "fast-v1", "default", "nope"],
        ["-", "default", "fast"],
        ["default", "fast"],
        ["on", "off"],
        ["on", "off"],
        ["fast", "control", "none"],
        ["ok", "out"],
    ];

    private static readonly ProfileCatalog Profiles = BuiltinProfiles.Catalog;

    public static TheoryData<string> Combinations()
    {
        var data = new TheoryData<string>();
        data.AddRange([.. Product(0, [])]);
        return data;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Each_combination_is_decided_as_its_one_row_says(string combination)
    {
        var given = combination.Split(' ');
        var row = Assert.Single(TruthTable.Decisions, r => Enumerable.Range(0, given.Length).All(i => Matches(r[i], given[i])));
        var asked = 0;
        var gates = new ProcessingGates
        {
            ContractOn = given[4] == "on",
            RuntimeOn = given[5] == "on",
            Arm = Enum.Parse<RolloutArm>(given[6], ignoreCase: true),
            FlagVersion = "v",
            TakeFastQuota = () =>
            {
                asked++;
                return given[7] == "ok";
            },
        };
        var message = new ProcessingRequest { Mode = Mode(given[0]), Profile = given[1] == "-" ? null : given[1] };

        var decision = ProcessingResolver.Resolve(message, Mode(given[2]), Mode(given[3])!.Value, gates, Profiles);

        Assert.Equal(row[8], Wire(decision.Requested.Mode));
        Assert.Equal(row[9], Wire(decision.Profile.Options.Mode));
        Assert.Equal(row[9] == "fast" ? "fast-v1" : "default", decision.Profile.Options.Profile);
        Assert.Equal(row[10], Kebab(decision.DecidedBy.ToString()));
        Assert.Equal(row[11], decision.Reason is { } reason ? Kebab(reason.ToString()) : "-");
        Assert.Equal(row[10] == "quota" || row[9] == "fast" ? 1 : 0, asked);
        Assert.Equal(given[1] == "-" ? null : given[1], decision.Requested.Profile);
        Assert.Equal(gates.Arm, decision.Arm);
    }

    [Fact]
    public void The_product_is_complete() => Assert.Equal(1728, Combinations().Count);

    private static IEnumerable<string> Product(int dimension, IEnumerable<string> chosen) => dimension == Dimensions.Length
        ? [string.Join(' ', chosen)]
        : Dimensions[dimension].SelectMany(value => Product(dimension + 1, chosen.Append(value)));

    private static bool Matches(string pattern, string value) => pattern == "*" || pattern.Split('/').Contains(value);

    private static ProcessingMode? Mode(string text) => text == "-" ? null : Enum.Parse<ProcessingMode>(text, ignoreCase: true);

    private static string Wire(ProcessingMode mode) => mode == ProcessingMode.Fast ? "fast" : "default";

    private static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}
