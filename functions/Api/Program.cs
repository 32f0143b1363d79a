using Vivace.Api.Hosting;

return await VivaceProgram.RunAsync(args);
