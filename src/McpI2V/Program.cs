using McpI2V.Commands;
using McpI2V.Hosting;

// A client waits for `serve`: it goes straight there, past the command-line parser.
// So does the drawing of a text, without anything of the server.
return args is [DrawingProcess.Verb, var order]
    ? DrawingProcess.Run(order)
    : args is ["serve"] ? await Serve.OverStdioAsync(role: null) : await CommandLine.RunAsync(args);
