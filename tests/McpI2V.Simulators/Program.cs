using McpI2V.Simulators;
using McpI2V.Simulators.Simulation;

var options = SimOptions.Parse(args);
await using var app = SimulatedVendors.Build(options);
await app.StartAsync();
var origin = app.Urls.First();
Console.WriteLine($"Simulated vendors on {origin}; nothing is generated, nothing costs. Ctrl+C ends them. For the server:");
foreach (var (vendor, variable) in new[]
{
    ("Fal", "FAL_KEY"),
    ("Gemini", "GEMINI_API_KEY"),
    ("Runway", "RUNWAYML_API_SECRET"),
    ("OpenAI", "OPENAI_API_KEY"),
    ("RunPod", "RUNPOD_API_KEY"),
})
{
    Console.WriteLine($"export {variable}={options.Key} I2V__Providers__{vendor}__BaseUrl={origin}/{vendor.ToLowerInvariant()} " +
        $"I2V__Providers__{vendor}__PollSeconds=1");
}
Console.WriteLine($"export I2V__Providers__MyGpu__Kind=openai I2V__Providers__MyGpu__BaseUrl={origin}/vllm/v1");
await app.WaitForShutdownAsync();
