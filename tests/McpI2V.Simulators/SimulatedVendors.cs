using McpI2V.Simulators.Ark;
using McpI2V.Simulators.Bfl;
using McpI2V.Simulators.ComfyUI;
using McpI2V.Simulators.ElevenLabs;
using McpI2V.Simulators.Fal;
using McpI2V.Simulators.Firefly;
using McpI2V.Simulators.Gemini;
using McpI2V.Simulators.Hedra;
using McpI2V.Simulators.HeyGen;
using McpI2V.Simulators.Higgsfield;
using McpI2V.Simulators.Luma;
using McpI2V.Simulators.OpenAI;
using McpI2V.Simulators.Pika;
using McpI2V.Simulators.Replicate;
using McpI2V.Simulators.RunPod;
using McpI2V.Simulators.Runway;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;
using McpI2V.Simulators.Vertex;
using McpI2V.Simulators.Videos;
using McpI2V.Simulators.Vidu;
using McpI2V.Simulators.Xai;

namespace McpI2V.Simulators;

/// <summary>All simulated providers as one web application.</summary>
public static class SimulatedVendors
{
    /// <summary>Every one with a name of its own in the settings.</summary>
    public static IReadOnlyList<SimulatedProvider> All { get; } =
    [
        FalSimulator.Provider,
        GeminiSimulator.Provider,
        RunwaySimulator.Provider,
        OpenAISimulator.Provider,
        RunPodSimulator.Provider,
        LumaSimulator.Provider,
        ArkSimulator.Provider,
        ReplicateSimulator.Provider,
        PikaSimulator.Provider,
        HiggsfieldSimulator.Provider,
        ElevenLabsSimulator.Provider,
        HedraSimulator.Provider,
        HeyGenSimulator.Provider,
        VertexSimulator.Provider,
        FireflySimulator.Provider,
        XaiSimulator.Provider,
        BflSimulator.Provider,
        ViduSimulator.Provider,
        ComfyUISimulator.Provider,
    ];

    /// <summary>The application, not started yet.</summary>
    public static WebApplication Build(SimOptions options)
    {
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
            .AddSingleton<SeenRequests>()
            .AddSingleton<Bill>()
            .AddSingleton<ProviderSet>()
            .AddSingleton<ResultRenderer>()
            .AddSingleton<Uploads>();
        var app = builder.Build();
        app.UseWebSockets();
        app.UseRouting();
        app.UseMiddleware<FaultMiddleware>();
        app.MapControl();
        foreach (var provider in All)
        {
            provider.Map(app);
        }
        app.MapVideos("vllm");
        app.MapVideos("sglang");
        return app;
    }
}
