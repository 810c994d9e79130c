using McpI2V.Access;
using McpI2V.ConformanceHost;
using McpI2V.Engine;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Hosting;
using McpI2V.Mcp;
using McpI2V.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The official conformance suite's fixture tools on the product's own HTTP layer. Argument: where to listen.
var url = new Uri(args[0]);
await using var app = HttpHost.Build(new ListenPolicy(url, NeedsToken: false), services => services
    .AddSingleton(new HttpOptions())
    .AddSingleton(new LibraryOptions { Home = Path.GetTempPath() })
    .AddSingleton<ISharedDocuments, HomeDocuments>()
    .AddSingleton<TokenStore>()
    .AddSingleton(TimeProvider.System)
    .AddSingleton<IMcpServerDefinition, FixtureServerDefinition>());
await app.StartAsync();
await Console.Error.WriteLineAsync($"Serving MCP on {url}mcp");
await app.WaitForShutdownAsync();
