using System.Runtime.InteropServices;
using System.Text.Json;
using Vivace.Testing.AppConfiguration;

// The stand-in as a process of its own: on any free port, with the flags of a file if one is named. Its first line of output
// is its connection string; POST /stand-in/fault/{kind}?milliseconds=n makes it fail, DELETE /stand-in/fault heals it.
await using var standIn = await AppConfigurationStandIn.StartAsync();
if (args is [var path])
{
    using var file = JsonDocument.Parse(await File.ReadAllBytesAsync(path));
    foreach (var flag in file.RootElement.GetProperty("feature_management").GetProperty("feature_flags").EnumerateArray())
    {
        standIn.PutFlag(flag.GetProperty("id").GetString()!, flag.GetRawText());
    }
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
Console.WriteLine(standIn.ConnectionString);
await stop.Task;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.TrySetResult();
}
