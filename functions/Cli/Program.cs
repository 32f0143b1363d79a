using Vivace.Cli.Hosting;

return await CliProgram.RunAsync(args);
