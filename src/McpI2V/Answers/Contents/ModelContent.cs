using McpI2V.Engine.Catalogue;
using McpI2V.Media;

namespace McpI2V.Answers.Contents;

/// <summary>A model for programs.</summary>
internal sealed record ModelContent
{
    /// <summary>provider:the vendor's id.</summary>
    public required string Id { get; init; }

    /// <summary>A short name.</summary>
    public required string Alias { get; init; }

    /// <summary>Who serves it.</summary>
    public required string Provider { get; init; }

    /// <summary>What it does.</summary>
    public string? Summary { get; init; }

    /// <summary>What it can make.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>True if it can be used now.</summary>
    public required bool Available { get; init; }

    /// <summary>Why it can't.</summary>
    public string? WhyNot { get; init; }

    /// <summary>How long its clips can be.</summary>
    public DurationRange? DurationsSeconds { get; init; }

    /// <summary>Resolutions.</summary>
    public IReadOnlyList<string>? Resolutions { get; init; }

    /// <summary>Ratios.</summary>
    public IReadOnlyList<string>? AspectRatios { get; init; }

    /// <summary>first, last, references.</summary>
    public IReadOnlyList<string>? Frames { get; init; }

    /// <summary>none, native (always), optional or kept.</summary>
    public string? Audio { get; init; }

    /// <summary>Its price.</summary>
    public PriceContent? Price { get; init; }

    /// <summary>What a usual result costs.</summary>
    public required string PriceUsdExample { get; init; }

    /// <summary>A model by its names, what it makes and what that costs.</summary>
    public static ModelContent InBrief(ModelEntry model, string? whyNot, string example) => new()
    {
        Id = model.Id,
        Alias = model.Alias,
        Provider = model.Provider,
        Kinds = [.. model.Capabilities.Select(SnakeCase.From)],
        Available = whyNot is null,
        WhyNot = whyNot,
        PriceUsdExample = example,
    };

    /// <summary>A model with everything it can do.</summary>
    public static ModelContent InFull(ModelEntry model, string? whyNot, string example) => InBrief(model, whyNot, example) with
    {
        Summary = model.Summary +
            (model.Voices.Length == 0 ? "" : $" Voices: {string.Join(", ", model.Voices)}.") +
            (model.Licence.Length == 0 ? "" : $" Licence: {model.Licence}"),
        DurationsSeconds = model.DurationsSeconds,
        Resolutions = model.Resolutions,
        AspectRatios = model.AspectRatios,
        Frames = model.Frames,
        Audio = model.Audio,
        Price = PriceContent.FromPrice(model.Price),
    };
}
