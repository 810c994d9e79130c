using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Planning;

/// <summary>Posts of a clip: for each platform the steps that bring it to what the platform takes.</summary>
public sealed class ExportPlanner(MediaLibrary library, RoutePlanner routes, Recipes recipes)
{
    /// <summary>A job for each platform.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="platforms">Where it goes.</param>
    /// <param name="captions">Spoken words on screen; null: none.</param>
    /// <param name="disclosure"><c>auto</c>, <c>none</c>, or the notice that AI made it.</param>
    /// <exception cref="I2VException">The captions don't fit the clip.</exception>
    public BatchPlan Plan(Asset clip, IReadOnlyList<Platform> platforms, JsonArray? captions, string disclosure) => new(
        new JsonObject { ["platform"] = TextList.ToJson(platforms.Select(p => p.Name)) },
        [
            .. Once([.. platforms.Select(p => JobFor(clip, p, captions, disclosure) with
            {
                Variant = platforms.Count == 1 ? null : new JsonObject { ["platform"] = p.Name }.ToJsonString(),
            })]),
        ]);

    // What two platforms take alike is encoded once; the other gets a file of its own.
    private static IEnumerable<NewJob> Once(IReadOnlyList<NewJob> jobs)
    {
        Dictionary<string, int> first = [];
        foreach (var (place, job) in jobs.Index())
        {
            var request = (RecipeRequest)job.Request;
            yield return first.TryAdd(request.ToKey(), place)
                ? job
                : job with
                {
                    After = first[request.ToKey()],
                    Request = new RecipeRequest { Operations = [], Operation = "export", Quality = request.Quality, IsCopyOfBefore = true },
                };
        }
    }

    private NewJob JobFor(Asset clip, Platform platform, JsonArray? captions, string disclosure)
    {
        var shape = recipes.SourceOf(clip, null, "clip").Result();
        List<JsonNode> wanted = [];
        if (AspectRatio.Nearest(shape.Size) != platform.Ratio)
        {
            wanted.Add(new JsonObject { ["op"] = "reframe", ["aspect_ratio"] = platform.Ratio.ToString(), ["mode"] = "blur" });
        }
        if (shape.Size != platform.Size)
        {
            wanted.Add(new JsonObject { ["op"] = "scale", ["resolution"] = Resolution.Default.ToString() });
        }
        if (captions is not null)
        {
            recipes.RequireCues(captions, "captions");
            wanted.Add(new JsonObject { ["op"] = "captions", ["cues"] = captions.DeepClone() });
        }
        var isGenerated = IsGenerated(clip);
        var notice = disclosure switch { "none" => null, "auto" => isGenerated ? "AI-generated" : null, _ => disclosure };
        if (notice is not null)
        {
            wanted.Add(new JsonObject { ["op"] = "text", ["text"] = notice, ["position"] = "top", ["style"] = "small" });
        }
        if (shape.HasAudio)
        {
            wanted.Add(new JsonObject { ["op"] = "loudness", ["lufs"] = platform.Lufs, ["peak_db"] = platform.PeakDb });
        }
        JsonArray steps = [.. wanted];
        var result = recipes.SourceOf(clip, steps, "captions");
        var request = new RecipeRequest
        {
            Clip = clip.Handle.ToString(),
            Operations = steps,
            Operation = "export",
            Quality = EncodeQuality.Best,
            Delivery = platform.Delivery with { SaysGenerated = isGenerated },
            Comment = notice ?? (isGenerated ? "Made with a generative model." : "Made with mcp-i2v. No generative model was used."),
        };
        List<string> warnings = [.. captions is null ? [] : Recipes.Departures(result, steps.Count)];
        if (result.Result().Duration.TotalSeconds is var seconds && seconds > platform.LongestSeconds)
        {
            warnings.Add($"{platform.Name} shows at most {platform.LongestSeconds:0} s, and the clip lasts {seconds:0} s; trim it first.");
        }
        var title = $"{platform.Name} {platform.Size} {ShortTitles.Subject(clip.Title, "clip")}";
        return NewJob.For("export_clip", title, request, routes.ForOperations) with { Warnings = warnings };
    }

    // A clip counts as generated if any model but the embedded engine had a hand in it or in what it was made from.
    private bool IsGenerated(Asset asset)
    {
        var open = new Queue<Asset>([asset]);
        HashSet<AssetHandle> seen = [];
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next.Handle))
            {
                continue;
            }
            if (ModelEntry.IsGenerative(next.Model))
            {
                return true;
            }
            foreach (var input in next.Inputs
                .Select(i => AssetHandle.TryParse(i, out var handle) ? library.Assets.Find(handle) : null)
                .OfType<Asset>())
            {
                open.Enqueue(input);
            }
        }
        return false;
    }
}
