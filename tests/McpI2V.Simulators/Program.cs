using McpI2V.Simulators.Fal;
using McpI2V.Simulators.Gemini;
using McpI2V.Simulators.OpenAI;
using McpI2V.Simulators.RunPod;
using McpI2V.Simulators.Runway;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;
using McpI2V.Simulators.Videos;

var options = SimOptions.Parse(args);
var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.Listen(System.Net.IPAddress.Loopback, options.Port);
    kestrel.Limits.MaxRequestBodySize = null;
    kestrel.Limits.MinRequestBodyDataRate = null;
});
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services
    .AddSingleton(options)
    .AddSingleton<Faults>()
    .AddSingleton<Bill>()
    .AddSingleton<ProviderSet>()
    .AddSingleton<ResultRenderer>()
    .AddSingleton<Uploads>();
var app = builder.Build();
app.UseRouting();
app.UseMiddleware<FaultMiddleware>();
app.MapControl();
app.MapFal();
app.MapRunway();
app.MapRunPod();
app.MapOpenAI();
app.MapGemini();
app.MapVideos("vllm");
app.MapVideos("sglang");
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
