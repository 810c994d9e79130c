using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Geometry;
using McpI2V.Media.Stills;

namespace McpI2V.Engine.Generation;

/// <summary>Turns a stored request into an order for its provider.</summary>
public sealed class OrderReader(MediaLibrary library, ModelCatalogue models, InputFitter fitter, TimeProvider time)
{
    /// <summary>The order without its inputs: enough to review it, to look for it and to price it.</summary>
    /// <exception cref="I2VException">The model is gone from the catalogue, or can't do it any more.</exception>
    public GenerationOrder Outline(GenerationRequest request, string modelId, string key = "")
    {
        var model = models.Find(modelId)
            ?? throw new I2VException(ErrorCode.ProviderFailed,
                $"{modelId} is not in the catalogue any more. Put it back into models.json, or ask again with another model.");
        var need = request.Need(library);
        return new GenerationOrder
        {
            Key = key,
            Capability = need.Capability,
            Model = model,
            Settings = ModelFit.Judge(model, need).Settings,
            Prompt = need.Prompt,
            Thread = ThreadOf(request, model),
            Seed = request.Seed,
            Options = request.ProviderOptions,
        };
    }

    /// <summary>Warnings about inputs, before anything is spent.</summary>
    /// <exception cref="I2VException">An input is outside what the provider takes, or its file was deleted.</exception>
    public async Task<IReadOnlyList<string>> AdviceAsync(
        GenerationRequest request,
        ModelEntry model,
        CancellationToken callCancelled)
    {
        var inputs = request.Inputs.All.Select(library.Find).ToList();
        foreach (var input in inputs)
        {
            await library.RequireFileAsync(input, input.Handle.ToString(), callCancelled);
        }
        return [.. inputs.SelectMany(a => InputFitter.Advice(a, model.Inputs))];
    }

    /// <summary>The order with its inputs, brought within the provider's limits; they are there as long as they are held.</summary>
    public async Task<GenerationOrder> ReadAsync(
        GenerationRequest request,
        GenerationOrder order,
        HeldMedia held,
        MediaWork work,
        CancellationToken jobCancelled)
    {
        var (limits, inputs, shape) = (order.Model.Inputs, request.Inputs, ShapeOf(request, order));
        Task<OrderInput> StillAsync(string handle, (PixelSize, CanvasFit)? wanted) =>
            fitter.StillAsync(library.Find(handle), limits, wanted, held, work, jobCancelled);
        List<OrderInput> references = [];
        foreach (var reference in inputs.References)
        {
            references.Add(await StillAsync(reference, null));
        }
        var hears = order.Capability.HearsAlone();
        return order with
        {
            Image = inputs.Image is { } image ? await StillAsync(image, shape) : null,
            EndImage = inputs.EndImage is { } end ? await StillAsync(end, shape) : null,
            References = references,
            Clip = inputs.Clip is { } clip && order.Thread is null && !hears
                ? await fitter.ClipAsync(library.Find(clip), limits, held, work, jobCancelled)
                : null,
            Audio = inputs.Audio is { } audio
                ? await InputFitter.SoundAsync(library.Find(audio), limits, held, jobCancelled)
                : hears && inputs.Clip is { } heard
                ? await fitter.HeardAsync(library.Find(heard), work, jobCancelled)
                : null,
        };
    }

    private static (PixelSize Size, CanvasFit Fit)? ShapeOf(GenerationRequest request, GenerationOrder order) =>
        request is AnimateRequest { Fit: { } fit } ? (order.Settings.Size, fit) : null;

    // A clip that the same model's provider made in a conversation is changed in that conversation.
    private string? ThreadOf(GenerationRequest request, ModelEntry model)
    {
        var clip = request.Inputs.Clip is { } handle ? library.Find(handle) : null;
        var isRemembered = clip is not null && time.GetUtcNow() - clip.CreatedAt < TimeSpan.FromDays(model.ThreadDays);
        return isRemembered && clip!.Thread is { } thread && clip.Model?.StartsWith(model.Provider + ":", StringComparison.Ordinal) == true
            ? thread
            : null;
    }
}
