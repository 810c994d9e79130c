using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Tests;

/// <summary>The order that most tests send: five seconds at 720p, and no inputs yet.</summary>
internal static class TestOrder
{
    public static GenerationOrder Of(ModelEntry model, Capability capability = Capability.ImageToVideo) => new()
    {
        Key = "attempt-1",
        Capability = capability,
        Model = model,
        Settings = new ModelSettings { DurationSeconds = 5, Resolution = "720p" },
        Prompt = "push in",
    };
}
