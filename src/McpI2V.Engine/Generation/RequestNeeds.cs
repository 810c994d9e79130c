using System.Text.Json;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Generation;

/// <summary>What a request needs of a model; the same when it is planned and when it is done.</summary>
public sealed class RequestNeeds(MediaLibrary library)
{
    /// <summary>Options that the engine itself carries out, for every model.</summary>
    public static readonly IReadOnlyList<string> FittingOptions = ["fit", "focus_x", "focus_y"];

    /// <summary>The need of a request as it is frozen in a job.</summary>
    public ModelNeed FromRequest(string kind, string request) => kind switch
    {
        StillRequest.JobKind => FromRequest(JsonSerializer.Deserialize(request, GenerationJson.Default.StillRequest)!),
        AnimateRequest.JobKind => FromRequest(JsonSerializer.Deserialize(request, GenerationJson.Default.AnimateRequest)!),
        TransformRequest.JobKind => FromRequest(JsonSerializer.Deserialize(request, GenerationJson.Default.TransformRequest)!),
        _ => throw new I2VException(ErrorCode.ProviderFailed, $"Jobs of the kind {kind} are not taken by model providers."),
    };

    /// <summary>The need of a still.</summary>
    public ModelNeed FromRequest(StillRequest request) => new()
    {
        Kind = request.From.Length == 0 ? "text_to_image" : "image_edit",
        Prompt = request.Prompt,
        AspectRatio = request.AspectRatio,
        Resolution = request.Resolution,
        InputSize = request.From.Length == 0 ? null : Find(request.From[0]).Size,
        ExactSize = request.IsExact ? new PixelSize(request.Width, request.Height) : null,
        References = Math.Max(0, request.From.Length - 1),
        Count = request.Count,
        Quality = request.Quality,
        Options = [.. request.Options.Select(o => o.Key)],
    };

    /// <summary>The need of a clip from a still.</summary>
    public ModelNeed FromRequest(AnimateRequest request)
    {
        var speaks = request.Audio is not ("none" or "native");
        return new()
        {
            Kind = speaks ? "lip_sync" : "image_to_video",
            Prompt = ShotPrompt.Compose(request.Prompt, request.Move, request.Strength, request.NamesCamera),
            DurationSeconds = request.DurationSeconds,
            AspectRatio = request.AspectRatio,
            Resolution = request.Resolution,
            InputSize = Find(request.Image).Size,
            FitsInput = request.Options.ContainsKey("fit"),
            HasFirst = true,
            HasLast = request.EndImage is not null,
            References = request.References.Length,
            NativeAudio = request.Audio == "native",
            InputSeconds = speaks ? Find(request.Audio).Duration.TotalSeconds : 0,
            Count = request.Count,
            Quality = request.Quality,
            Options = [.. request.Options.Select(o => o.Key).Except(FittingOptions)],
        };
    }

    /// <summary>The need of a change to a clip.</summary>
    public ModelNeed FromRequest(TransformRequest request)
    {
        var clip = request.Clip is { } handle ? Find(handle) : null;
        return new()
        {
            Kind = request.Kind,
            Prompt = request.Prompt,
            DurationSeconds = request.DurationSeconds,
            Resolution = request.Resolution,
            InputSize = clip?.Size,
            FitsInput = true,
            References = request.References.Length,
            InputSeconds = request.Audio is { } sound ? Find(sound).Duration.TotalSeconds : clip?.Duration.TotalSeconds ?? 0,
            Quality = request.Quality,
            Options = [.. request.Options.Select(o => o.Key)],
        };
    }

    private Asset Find(string handle) => AssetHandle.TryParse(handle, out var parsed)
        ? library.Assets.Get(parsed, handle)
        : throw I2VException.Invalid("image", $"\"{handle}\" is no handle.");
}
