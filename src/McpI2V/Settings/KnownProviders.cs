using McpI2V.Providers.Ark;
using McpI2V.Providers.Bfl;
using McpI2V.Providers.ComfyUI;
using McpI2V.Providers.Contract;
using McpI2V.Providers.ElevenLabs;
using McpI2V.Providers.Fal;
using McpI2V.Providers.Firefly;
using McpI2V.Providers.Gemini;
using McpI2V.Providers.Hedra;
using McpI2V.Providers.HeyGen;
using McpI2V.Providers.Higgsfield;
using McpI2V.Providers.Luma;
using McpI2V.Providers.OpenAI;
using McpI2V.Providers.Pika;
using McpI2V.Providers.Replicate;
using McpI2V.Providers.RunPod;
using McpI2V.Providers.Runway;
using McpI2V.Providers.Vertex;
using McpI2V.Providers.Vidu;
using McpI2V.Providers.Xai;

namespace McpI2V.Settings;

/// <summary>
/// Every provider, in route order: of two that serve the same alias the first is asked first. To add one: its folder, its line here.
/// </summary>
internal static class KnownProviders
{
    public static IReadOnlyList<ProviderDescriptor> All { get; } =
    [
        FalRegistration.Descriptor,
        RunwayRegistration.Descriptor,
        GeminiRegistration.Descriptor,
        OpenAIRegistration.Descriptor,
        LumaRegistration.Descriptor,
        ArkRegistration.Descriptor,
        RunPodRegistration.Descriptor,
        ReplicateRegistration.Descriptor,
        PikaRegistration.Descriptor,
        HiggsfieldRegistration.Descriptor,
        ElevenLabsRegistration.Descriptor,
        HedraRegistration.Descriptor,
        HeyGenRegistration.Descriptor,
        VertexRegistration.Descriptor,
        FireflyRegistration.Descriptor,
        XaiRegistration.Descriptor,
        BflRegistration.Descriptor,
        ViduRegistration.Descriptor,
        ComfyUIRegistration.Descriptor,
    ];

    /// <summary>What a user sets to use each, where it has a variable of its own.</summary>
    public static IReadOnlyList<(string Provider, string Variable)> Keys { get; } =
        [.. All.Where(p => p.KeyVariable.Length > 0).Select(p => (p.Name, p.KeyVariable))];
}
