using McpI2V.Engine.Catalogue;
using McpI2V.Media.Formats;

namespace McpI2V.Providers.ComfyUI;

/// <summary>A workflow as a row of the catalogue: what it can follows from its slots and from what it saves.</summary>
internal static class WorkflowRow
{
    private const double UsualLongest = 20;

    // What Wan and its like are made for comes first, and what a still should have.
    private static readonly string[] OfClips = ["480p", "720p", "1080p"];
    private static readonly string[] OfStills = ["720p", "1080p", "480p"];
    private static readonly string[] Ratios = ["9:16", "16:9", "1:1", "4:5", "3:4", "4:3", "21:9"];

    /// <summary>The row.</summary>
    public static ModelEntry Of(Workflow workflow)
    {
        var (slots, makesClip) = (workflow.Slots, workflow.Capability.Makes() == MediaKind.Clip);
        return new ModelEntry
        {
            Id = $"comfyui:{workflow.Name}",
            // A short name of its own: a workflow that somebody calls kling-3 is not another way to that model.
            Alias = $"comfyui-{workflow.Name}",
            Provider = "comfyui",
            Capabilities = [workflow.Capability],
            Summary = slots.Summary ?? $"A workflow of the user's own ComfyUI ({(makesClip ? "clip" : "still")}). Free.",
            Frames = !makesClip ? [] : slots.Has("end_image") ? ["first", "last"] : ["first"],
            DurationsSeconds = makesClip && slots.Has("seconds") ? Whole(slots.LongestSeconds ?? UsualLongest) : null,
            Resolutions = !slots.HasSize ? [] : makesClip ? OfClips : OfStills,
            AspectRatios = workflow.Capability switch
            {
                Capability.TextToImage => slots.HasSize ? Ratios : [],
                Capability.ImageEdit => slots.HasSize ? ["source", .. Ratios] : ["source"],
                _ => ["source"],
            },
            Inputs = new InputLimits { StillBytes = 50_000_000 },
            Price = new Price("free"),
            TypicalSeconds = makesClip ? 240 : 40,
            Source = "ComfyUI's server.py and jobs.py of about 0.38.1 (contract sheet of 2026-11-21)",
            AsOf = "2026-11",
        };
    }

    private static DurationRange Whole(double longest)
    {
        var most = Math.Max(1, (int)longest);
        return new DurationRange(1, most, [.. Enumerable.Range(1, most).Select(s => (double)s)]);
    }
}
