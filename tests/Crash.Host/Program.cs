using Vivace.Api.Hosting;
using Vivace.Crash.Host;

// The application as composed for production, with a crash point before and after everything that it writes, sends or
// settles. It runs until it is asked to stop, or until the point that the environment names.
var points = CrashPoints.FromEnvironment();
await using var app = VivaceApp.Create(args, points.Hook);
await app.RunAsync();
