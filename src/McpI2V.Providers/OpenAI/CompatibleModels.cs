using McpI2V.Engine.Catalogue;

namespace McpI2V.Providers.OpenAI;

/// <summary>The row of a server of the user's own: what it runs is the user's business, so nothing but the protocol limits it.</summary>
/// <param name="name">The server's name.</param>
internal sealed class CompatibleModels(string name) : IModelSource
{
    private const int LongestSeconds = 60;

    /// <inheritdoc/>
    public string Provider => name;

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows() =>
    [
        new ModelEntry
        {
            Id = $"{name}:video",
            Alias = name,
            Provider = name,
            Capabilities = [Capability.ImageToVideo],
            Summary = "The video model of the user's own server; its own options (fps, num_frames, guidance_scale, negative_prompt, " +
                "num_inference_steps, ...) are passed on.",
            Frames = ["first"],
            DurationsSeconds = new DurationRange(1, LongestSeconds, [.. Enumerable.Range(1, LongestSeconds).Select(s => (double)s)]),
            Resolutions = ["480p", "720p", "1080p"],
            AspectRatios = ["source"],
            Inputs = new InputLimits { LongestSide = 2048 },
            Price = new Price("free"),
            TypicalSeconds = 180,
            Source = "vLLM-Omni and SGLang Diffusion documentation (contract sheet of 2026-11-20)",
            AsOf = "2026-11",
        },
    ];
}
