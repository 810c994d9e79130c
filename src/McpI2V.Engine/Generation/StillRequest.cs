using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Generation;

/// <summary>A still to be made, with every reference resolved to a handle.</summary>
public sealed record StillRequest : GenerationRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "still";

    /// <summary>What it shows.</summary>
    public required string Prompt { get; init; }

    /// <summary>Stills to edit or combine, by handle.</summary>
    public string[] From { get; set; } = [];

    /// <summary>The ratio as it was asked for; null: the first picture's own.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The resolution as it was asked for; null: the model's usual.</summary>
    public string? Resolution { get; init; }

    /// <summary>True if width and height were asked for to the pixel.</summary>
    public bool IsExact { get; init; }

    /// <summary>Width in pixels.</summary>
    [JsonPropertyOrder(2)]
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    [JsonPropertyOrder(2)]
    public required int Height { get; init; }

    /// <summary>How many.</summary>
    [JsonPropertyOrder(2)]
    public int Count { get; set; } = 1;

    /// <summary>True if it works on the still that the job before it makes; null: on the pictures that are named.</summary>
    [JsonPropertyOrder(5)]
    public bool? IsOfBefore { get; init; }

    /// <summary>The same with the still that the job before it has made, at that one's own size.</summary>
    public StillRequest With(Asset made) => this with
    {
        From = [made.Handle.ToString()],
        IsOfBefore = null,
        Width = made.Size.Width,
        Height = made.Size.Height,
    };

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => JobKind;

    /// <inheritdoc/>
    [JsonIgnore]
    public override RequestInputs Inputs => new() { Image = From.FirstOrDefault(), References = [.. From.Skip(1)] };

    /// <inheritdoc/>
    public override ModelNeed Need(MediaLibrary library) => new()
    {
        Capability = From.Length == 0 && IsOfBefore != true ? Capability.TextToImage : Capability.ImageEdit,
        Prompt = WithSubjects(Prompt),
        AspectRatio = AspectRatio,
        Resolution = Resolution,
        InputSize = From.Length == 0 ? null : library.Find(From[0]).Size,
        ExactSize = IsExact ? new PixelSize(Width, Height) : null,
        References = Math.Max(0, From.Length - 1),
        Count = Count,
        Quality = Quality,
        Options = [.. Options.Select(o => o.Key)],
    };
}
