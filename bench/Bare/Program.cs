// What Kestrel alone costs: the request of a Vivace turn is read, and as many bytes as its reply has are sent.
var builder = WebApplication.CreateSlimBuilder(args);
builder.WebHost.ConfigureKestrel(options => options.AddServerHeader = false);
var app = builder.Build();
var bytes = new byte[1 << 16];
bytes.AsSpan().Fill((byte)'x');

app.MapGet("/health/live", () => Results.Text("live\n"));
app.MapPost("/api/conversations/{conversationId}/messages", async context =>
{
    while (true)
    {
        var read = await context.Request.BodyReader.ReadAsync(context.RequestAborted);
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (read.IsCompleted)
        {
            break;
        }
    }

    var size = int.Parse(context.Request.Headers["X-Reply-Bytes"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
    context.Response.ContentType = "application/json; charset=utf-8";
    context.Response.ContentLength = size;
    await context.Response.Body.WriteAsync(bytes.AsMemory(0, size), context.RequestAborted);
});
await app.RunAsync();
