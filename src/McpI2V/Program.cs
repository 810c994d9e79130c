using McpI2V.Commands;

// A client waits for `serve`: it goes straight there, past the command-line parser.
return args is ["serve"] ? await Serve.OverStdioAsync() : await CommandLine.RunAsync(args);
