using McpI2V.ConformanceHost;
using McpI2V.Engine;
using McpI2V.Http;
using Microsoft.Extensions.Hosting;

// The official conformance suite's fixture tools on the product's own HTTP layer. Argument: where to listen.
var url = new Uri(args[0]);
var options = new HttpOptions();
var tokens = new TokenStore(new LibraryOptions { Home = Path.GetTempPath() }, options, TimeProvider.System);
await using var app = HttpHost.Build(new ListenPolicy(url, NeedsToken: false), options, tokens, new FixtureServerDefinition());
await app.StartAsync();
await Console.Error.WriteLineAsync($"Serving MCP on {url}mcp");
await app.WaitForShutdownAsync();
