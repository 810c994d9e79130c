using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Formats;

namespace McpI2V.Answers;

/// <summary>How an asset is shown.</summary>
internal static class AssetView
{
    /// <summary>An asset for programs.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="path">Where its file lies.</param>
    /// <param name="inFull">True to add its recipe, prompt and inputs.</param>
    public static JsonObject ToJson(Asset asset, string path, bool inFull)
    {
        JsonObject view = new()
        {
            ["handle"] = asset.Handle.ToString(),
            ["kind"] = SnakeCase.From(asset.Handle.Kind),
            ["title"] = asset.Title,
            ["path"] = path,
            ["uri"] = asset.Uri,
            ["mime_type"] = asset.Format.MimeType,
            ["bytes"] = asset.Bytes,
            ["sha256"] = asset.Sha256,
            ["operation"] = asset.Operation,
            ["cost_usd"] = asset.CostUsd,
            ["created_at"] = asset.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        };
        if (asset.Size.Width > 0)
        {
            (view["width"], view["height"]) = (asset.Size.Width, asset.Size.Height);
        }
        if (asset.Duration > TimeSpan.Zero)
        {
            view["duration_seconds"] = Math.Round(asset.Duration.TotalSeconds, 3);
        }
        if (asset.Handle.Kind == MediaKind.Clip)
        {
            (view["fps"], view["has_audio"]) = (Math.Round(asset.FramesPerSecond, 3), asset.HasAudio);
        }
        if (asset.HasAlpha)
        {
            view["has_alpha"] = true;
        }
        Add(view, "parent", asset.Parent?.ToString());
        Add(view, "master", asset.Master?.ToString());
        Add(view, "model", asset.Model);
        Add(view, "job", asset.Job is { } job ? Job.NameOf(job) : null);
        if (asset.Seed is { } seed)
        {
            view["seed"] = seed;
        }
        if (asset.Checks.Count > 0)
        {
            view["checks"] = new JsonArray([.. asset.Checks.Select(ToJson)]);
        }
        if (inFull)
        {
            Add(view, "prompt", asset.Prompt);
            view["inputs"] = Texts(asset.Inputs);
            view["recipe"] = asset.Recipe.DeepClone();
        }
        return view;
    }

    /// <summary>An asset in a line.</summary>
    public static string Line(Asset asset, string path)
    {
        var what = asset.Handle.Kind switch
        {
            MediaKind.Still => $"{asset.Size}",
            MediaKind.Clip => string.Create(CultureInfo.InvariantCulture,
                $"{asset.Duration.TotalSeconds:0.0#} s, {asset.Size}, {asset.FramesPerSecond:0.##} " +
                    $"fps{(asset.HasAudio ? ", with sound" : "")}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{asset.Duration.TotalSeconds:0.0#} s of sound"),
        };
        var cost = asset.CostUsd > 0 ? $", {AnswerComposer.Cost(asset.CostUsd)}" : "";
        return $"{asset.Handle} ({what}{cost}) {path}";
    }

    /// <summary>A list of texts as JSON.</summary>
    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    private static JsonObject ToJson(Check check)
    {
        JsonObject view = new() { ["name"] = check.Name, ["ok"] = check.Ok, ["value"] = check.Value, ["limit"] = check.Limit };
        Add(view, "advice", check.Advice);
        return view;
    }

    private static void Add(JsonObject view, string name, string? value)
    {
        if (value is not null)
        {
            view[name] = value;
        }
    }
}
