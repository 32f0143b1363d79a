using Vivace.Bench;
using Vivace.Bench.Evaluations;
using Vivace.Bench.FastMode;
using Vivace.Bench.FlagDecision;
using Vivace.Bench.FrameworkTime;
using Vivace.Bench.Memory;
using Vivace.Bench.Reporting;
using Vivace.Bench.Start;
using Vivace.Bench.StoreTime;
using Vivace.Bench.Streams;
using Vivace.Bench.Throughput;
using Vivace.Bench.Transport;

var plan = args.Contains("--quick") ? BenchPlan.Quick : BenchPlan.Full;
var only = Array.IndexOf(args, "--only") is >= 0 and var at && at + 1 < args.Length ? args[at + 1].Split(',') : null;
(string Name, Func<Task<IReadOnlyList<Measure>>> Run)[] parts =
[
    ("flags", () => FlagDecisionBench.RunAsync(plan)),
    ("framework", () => FrameworkTimeBench.RunAsync(plan)),
    ("store", () => StoreTimeBench.RunAsync(plan)),
    ("http", () => ThroughputBench.RunAsync(plan)),
    ("memory", () => MemoryBench.RunAsync(plan)),
    ("start", () => StartBench.RunAsync(plan)),
    ("streams", () => FirstChunkBench.RunAsync(plan)),
    ("open", () => OpenStreamsBench.RunAsync(plan)),
    ("transport", () => TransportBench.RunAsync(plan)),
    ("deferred", () => DeferredBench.RunAsync(plan)),
    ("fast", () => FastModeBench.RunAsync(plan)),
];

var measures = new List<Measure>();
foreach (var (name, run) in parts.Where(p => only?.Contains(p.Name) ?? true))
{
    await Console.Error.WriteLineAsync($"{name} ...");
    measures.AddRange(await run());
}

var command = string.Join(' ', args.Prepend("bash bench/run.sh"));
var report = new Report(Machine.Here(), command, TimeProvider.System.GetUtcNow(), measures);
report.Write(Path.Combine("artifacts", "bench.json"));
Console.Write(report.ToMarkdown());
return 0;
