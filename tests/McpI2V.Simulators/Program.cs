using McpI2V.Simulators;
using McpI2V.Simulators.Simulation;

var options = SimOptions.Parse(args);
await using var app = SimulatedVendors.Build(options);
await app.StartAsync();
var origin = app.Urls.First();
Console.WriteLine($"Simulated vendors on {origin}; nothing is generated, nothing costs. Ctrl+C ends them. For the server:");
foreach (var provider in SimulatedVendors.All)
{
    var settings = provider.Settings(origin, options.Key).Append(($"I2V__Providers__{provider.Name}__PollSeconds", "1"));
    Console.WriteLine($"export {string.Join(' ', settings.Select(s => $"{s.Item1}={s.Item2}"))}");
}
Console.WriteLine($"export I2V__Providers__MyGpu__Kind=openai I2V__Providers__MyGpu__BaseUrl={origin}/vllm/v1");
await app.WaitForShutdownAsync();
