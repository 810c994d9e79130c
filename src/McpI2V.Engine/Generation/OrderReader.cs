using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Geometry;
using McpI2V.Media.Stills;

namespace McpI2V.Engine.Generation;

/// <summary>Turns a stored request into an order for its provider.</summary>
public sealed class OrderReader(MediaLibrary library, ModelCatalogue models, RequestNeeds needs, InputFitter fitter, TimeProvider time)
{
    /// <summary>The order without its inputs: enough to review it, to look for it and to price it.</summary>
    /// <exception cref="I2VException">The model is gone from the catalogue, or can't do it any more.</exception>
    public GenerationOrder Outline(string kind, string request, string modelId, string key = "")
    {
        var model = models.Find(modelId)
            ?? throw new I2VException(ErrorCode.ProviderFailed,
                $"{modelId} is not in the catalogue any more. Put it back into models.json, or ask again with another model.");
        var need = needs.FromRequest(kind, request);
        var fit = ModelFit.Judge(model, need);
        var (seed, options) = SeedAndOptions(kind, request);
        return new GenerationOrder
        {
            Key = key,
            Kind = need.Kind,
            Model = model,
            Settings = fit.Settings,
            Prompt = need.Prompt,
            Thread = ThreadOf(kind, request, model),
            Seed = seed,
            Options = options,
        };
    }

    /// <summary>Warnings about inputs, before anything is spent.</summary>
    /// <exception cref="I2VException">An input is outside what the provider takes.</exception>
    public IReadOnlyList<string> Advice(string kind, string request, ModelEntry model)
    {
        var limits = model.Inputs;
        var parts = Parts(kind, request);
        return [.. parts.All.Select(Find).SelectMany(a => InputFitter.Advice(a, limits))];
    }

    /// <summary>The order with its inputs, brought within the provider's limits.</summary>
    public async Task<GenerationOrder> ReadAsync(
        string kind,
        string request,
        GenerationOrder order,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        var limits = order.Model.Inputs;
        var parts = Parts(kind, request);
        var shape = ShapeOf(kind, order, parts);
        List<OrderInput> references = [];
        foreach (var reference in parts.References)
        {
            references.Add(await fitter.StillAsync(Find(reference), limits, shape: null, work, jobCancelled));
        }
        return order with
        {
            Image = parts.Image is { } image ? await fitter.StillAsync(Find(image), limits, shape, work, jobCancelled) : null,
            EndImage = parts.EndImage is { } end ? await fitter.StillAsync(Find(end), limits, shape, work, jobCancelled) : null,
            References = references,
            Clip = parts.Clip is { } clip && order.Thread is null ? await fitter.ClipAsync(Find(clip), limits, work, jobCancelled) : null,
            Audio = parts.Audio is { } audio ? fitter.Sound(Find(audio), limits) : null,
        };
    }

    /// <summary>The handles that go in, for lineage.</summary>
    public static IReadOnlyList<string> InputsOf(string kind, string request) => Parts(kind, request).All;

    private static (PixelSize Size, CanvasFit Fit)? ShapeOf(string kind, GenerationOrder order, OrderParts parts)
    {
        if (kind != AnimateRequest.JobKind || parts.Image is null || parts.Fit is not { } name)
        {
            return null;
        }
        var fit = SnakeCase.Parse<CanvasFit>(name)
            ?? throw I2VException.Invalid("options.fit",
                $"options.fit is \"{name}\"; one of {SnakeCase.All<CanvasFit>()} is allowed. Nothing was spent.");
        return (order.Settings.Size, fit);
    }

    private static OrderParts Parts(string kind, string request)
    {
        switch (kind)
        {
            case StillRequest.JobKind:
                var still = JsonSerializer.Deserialize(request, GenerationJson.Default.StillRequest)!;
                return new OrderParts(still.From.FirstOrDefault(), null, [.. still.From.Skip(1)], null, null, null);
            case AnimateRequest.JobKind:
                var animate = JsonSerializer.Deserialize(request, GenerationJson.Default.AnimateRequest)!;
                return new OrderParts(
                    animate.Image,
                    animate.EndImage,
                    animate.References,
                    null,
                    animate.Audio is "none" or "native" ? null : animate.Audio,
                    animate.Options["fit"]?.ToString());
            default:
                var transform = JsonSerializer.Deserialize(request, GenerationJson.Default.TransformRequest)!;
                return new OrderParts(null, null, transform.References, transform.Clip, transform.Audio, null);
        }
    }

    private static (long? Seed, JsonObject Options) SeedAndOptions(string kind, string request)
    {
        var (seed, options) = kind switch
        {
            StillRequest.JobKind when JsonSerializer.Deserialize(request, GenerationJson.Default.StillRequest) is { } still =>
                (still.Seed, still.Options),
            AnimateRequest.JobKind when JsonSerializer.Deserialize(request, GenerationJson.Default.AnimateRequest) is { } animate =>
                (animate.Seed, animate.Options),
            _ when JsonSerializer.Deserialize(request, GenerationJson.Default.TransformRequest) is { } transform =>
                (transform.Seed, transform.Options),
            _ => (null, new JsonObject()),
        };
        foreach (var own in RequestNeeds.FittingOptions)
        {
            if (kind == AnimateRequest.JobKind)
            {
                options.Remove(own);
            }
        }
        return (seed, options);
    }

    // A clip that the same model's provider made in a conversation is changed in that conversation.
    private string? ThreadOf(string kind, string request, ModelEntry model)
    {
        var clip = Parts(kind, request).Clip is { } handle ? Find(handle) : null;
        var isRemembered = clip is not null && time.GetUtcNow() - clip.CreatedAt < TimeSpan.FromDays(model.ThreadDays);
        return isRemembered && clip!.Thread is { } thread && clip.Model?.StartsWith(model.Provider + ":", StringComparison.Ordinal) == true
            ? thread
            : null;
    }

    private Asset Find(string handle) => AssetHandle.TryParse(handle, out var parsed)
        ? library.Assets.Get(parsed, handle)
        : throw I2VException.Invalid("image", $"\"{handle}\" is no handle.");

    private sealed record OrderParts(string? Image, string? EndImage, string[] References, string? Clip, string? Audio, string? Fit)
    {
        public IReadOnlyList<string> All => [.. new[] { Image, EndImage, Clip, Audio }.OfType<string>(), .. References];
    }
}
