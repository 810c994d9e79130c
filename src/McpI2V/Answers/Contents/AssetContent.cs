using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Answers.Writing;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Formats;

namespace McpI2V.Answers.Contents;

/// <summary>An asset for programs.</summary>
internal sealed record AssetContent
{
    /// <summary>Its short name.</summary>
    [Core]
    public required string Handle { get; init; }

    /// <summary>still, clip or audio.</summary>
    public required string Kind { get; init; }

    /// <summary>A few words.</summary>
    public string? Title { get; init; }

    /// <summary>Its file on this machine.</summary>
    [Core]
    [JsonConverter(typeof(OwnTextConverter))]
    public required string Path { get; init; }

    /// <summary>Its resource address.</summary>
    [Core]
    [JsonConverter(typeof(OwnTextConverter))]
    public required string Uri { get; init; }

    /// <summary>Its media type.</summary>
    public required string MimeType { get; init; }

    /// <summary>Pixels.</summary>
    [Core]
    public int? Width { get; init; }

    /// <summary>Pixels.</summary>
    [Core]
    public int? Height { get; init; }

    /// <summary>Its length.</summary>
    [Core]
    public double? DurationSeconds { get; init; }

    /// <summary>Frames a second.</summary>
    public double? Fps { get; init; }

    /// <summary>True if a clip has sound.</summary>
    public bool? HasAudio { get; init; }

    /// <summary>True if a still is a cut-out.</summary>
    public bool? HasAlpha { get; init; }

    /// <summary>Size of the file.</summary>
    public long? Bytes { get; init; }

    /// <summary>Of the file's bytes.</summary>
    public string? Sha256 { get; init; }

    /// <summary>What it was made from.</summary>
    public string? Parent { get; init; }

    /// <summary>The clip that was seen before it: undoing goes back there.</summary>
    public string? Before { get; init; }

    /// <summary>The clip its recipe begins from.</summary>
    public string? Master { get; init; }

    /// <summary>The edits from the master, in order; only of an asset that is told in full.</summary>
    public JsonNode? Recipe { get; init; }

    /// <summary>What made it.</summary>
    public string? Operation { get; init; }

    /// <summary>Which model made it.</summary>
    public string? Model { get; init; }

    /// <summary>The prompt it was made with; only of an asset that is told in full.</summary>
    public string? Prompt { get; init; }

    /// <summary>The seed it was made with.</summary>
    public long? Seed { get; init; }

    /// <summary>Every asset that went into it; only of an asset that is told in full.</summary>
    public IReadOnlyList<string>? Inputs { get; init; }

    /// <summary>The job that made it.</summary>
    public string? Job { get; init; }

    /// <summary>When, in UTC.</summary>
    public string? CreatedAt { get; init; }

    /// <summary>What it cost.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>What people have said of it; none if nobody has.</summary>
    public MarksContent? Marks { get; init; }

    /// <summary>Measurements; of a clip that is listed, those that are not as they should be.</summary>
    public IReadOnlyList<Check>? Checks { get; init; }

    /// <summary>An asset as it is listed.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="path">Where its file lies.</param>
    public static AssetContent FromAsset(Asset asset, string path) => new()
    {
        Handle = asset.Handle.ToString(),
        Kind = SnakeCase.From(asset.Handle.Kind),
        Title = asset.Title,
        Path = path,
        Uri = asset.Uri,
        MimeType = asset.Format.MimeType,
        Width = asset.Size.Width > 0 ? asset.Size.Width : null,
        Height = asset.Size.Width > 0 ? asset.Size.Height : null,
        DurationSeconds = asset.Duration > TimeSpan.Zero ? Math.Round(asset.Duration.TotalSeconds, 3) : null,
        Fps = asset.Handle.Kind == MediaKind.Clip ? Math.Round(asset.FramesPerSecond, 3) : null,
        HasAudio = asset.Handle.Kind == MediaKind.Clip ? asset.HasAudio : null,
        HasAlpha = asset.HasAlpha ? true : null,
        Bytes = asset.Bytes,
        Sha256 = asset.Sha256,
        Parent = asset.Parent?.ToString(),
        Before = asset.Before?.ToString(),
        Master = asset.Master?.ToString(),
        Operation = asset.Operation,
        Model = asset.Model,
        Seed = asset.Seed,
        Job = asset.Job is { } job ? Engine.Jobs.Job.NameOf(job) : null,
        CreatedAt = asset.CreatedAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        CostUsd = asset.CostUsd,
        Marks = MarksContent.FromMarks(asset.Marks),
        Checks = asset.Checks.Where(c => asset.Handle.Kind == MediaKind.Still || !c.Ok).ToList() is { Count: > 0 } checks ? checks : null,
    };

    /// <summary>An asset among many: where it is and how large; find_assets with its handle tells the rest.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="path">Where its file lies.</param>
    public static AssetContent InBrief(Asset asset, string path)
    {
        var whole = FromAsset(asset, path);
        return new AssetContent
        {
            Handle = whole.Handle,
            Kind = whole.Kind,
            Path = path,
            Uri = whole.Uri,
            MimeType = whole.MimeType,
            Width = whole.Width,
            Height = whole.Height,
            DurationSeconds = whole.DurationSeconds,
            CostUsd = asset.CostUsd > 0 ? asset.CostUsd : null,
        };
    }

    /// <summary>An asset with its recipe, prompt and inputs.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="path">Where its file lies.</param>
    public static AssetContent InFull(Asset asset, string path) => FromAsset(asset, path) with
    {
        Prompt = asset.Prompt,
        Inputs = asset.Inputs,
        Recipe = asset.Recipe,
        Checks = asset.Checks.Count > 0 ? asset.Checks : null,
    };
}
