using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine.Catalogue.Wire;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Catalogue;

/// <summary>
/// How a model's provider is asked: where in the request's body each part of an order stands, and how it is spelt. What is not named is
/// not sent. A provider may read words of its own besides.
/// </summary>
public sealed record WireMapping
{
    /// <summary>Where the provider takes the request, as a path of its API; the model's own id unless set.</summary>
    public string? Path { get; init; }

    /// <summary>What every request holds, whatever is asked for.</summary>
    public JsonObject? Fixed { get; init; }

    /// <summary>The prompt.</summary>
    public WirePath? Prompt { get; init; }

    /// <summary>The first frame, or the still that is edited.</summary>
    public WirePath? Image { get; init; }

    /// <summary>The last frame.</summary>
    public WirePath? End { get; init; }

    /// <summary>A list of the still and every reference together, in place of `references`.</summary>
    public WirePath? Images { get; init; }

    /// <summary>A list of the references.</summary>
    public WirePath? References { get; init; }

    /// <summary>The first reference, where references are one subject seen from several sides; `references` then holds the other sides,
    /// or the same where there is only one.</summary>
    public WirePath? ReferenceFront { get; init; }

    /// <summary>Where in an item of the list a reference stands; unless set, it is the item.</summary>
    public WirePath? ReferenceMember { get; init; }

    /// <summary>What is added to the prompt for each reference (where `images` holds the still too, for that first), `{n}` its number:
    /// some models take no notice of a reference that the prompt does not name.</summary>
    public string? ReferenceWords { get; init; }

    /// <summary>The clip that is edited, extended or scaled.</summary>
    public WirePath? Clip { get; init; }

    /// <summary>The sound to speak or sing to.</summary>
    public WirePath? Audio { get; init; }

    /// <summary>The name of the voice, where the row lists `voices`.</summary>
    public WirePath? Voice { get; init; }

    /// <summary>The language that is spoken, as an ISO 639 code.</summary>
    public WirePath? Language { get; init; }

    /// <summary>The length.</summary>
    public WirePath? Duration { get; init; }

    /// <summary>How the length is written: `number` of seconds (unless set), `text`, `text_s` (as in `5s`), `milliseconds`, or
    /// `frames`.</summary>
    public LengthSpelling DurationAs { get; init; }

    /// <summary>Frames in a second, where the length is written as `frames`; 16 unless set.</summary>
    public double? FramesPerSecond { get; init; }

    /// <summary>The aspect ratio.</summary>
    public WirePath? Ratio { get; init; }

    /// <summary>How a ratio is written, by resolution (or `any`) and ratio, where it is not written as it is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>? RatioSizes { get; init; }

    /// <summary>The resolution.</summary>
    public WirePath? Resolution { get; init; }

    /// <summary>How a resolution is written, where it is not written as it is.</summary>
    public IReadOnlyDictionary<string, string>? ResolutionValues { get; init; }

    /// <summary>The size in pixels.</summary>
    public WirePath? Size { get; init; }

    /// <summary>How the size is written: an `object` of width and height (unless set), or a `text`.</summary>
    public SizeSpelling SizeAs { get; init; }

    /// <summary>What stands between width and height of a `text`; `x` unless set.</summary>
    public string? SizeBetween { get; init; }

    /// <summary>Whether the model makes sound; sent where the row's `audio` is `optional`.</summary>
    public WirePath? Sound { get; init; }

    /// <summary>How that is written: a `flag` (unless set), or the words on and off (`on_off`).</summary>
    public SoundSpelling SoundAs { get; init; }

    /// <summary>The quality.</summary>
    public WirePath? Quality { get; init; }

    /// <summary>How `draft`, `standard` and `best` are written.</summary>
    public IReadOnlyDictionary<EncodeQuality, string>? QualityValues { get; init; }

    /// <summary>The seed; without this word the user is told that the model takes none.</summary>
    public WirePath? Seed { get; init; }

    /// <summary>How many results.</summary>
    public WirePath? Count { get; init; }

    /// <summary>True where the number of results is sent although it is 1.</summary>
    public bool CountAlways { get; init; }

    /// <summary>Words that hold instead for one kind of request, by the kind; `null` takes a word away.</summary>
    [JsonPropertyName("for")]
    public IReadOnlyDictionary<Capability, WireMapping>? ByCapability { get; init; }

    /// <summary>Words that only the row's provider reads.</summary>
    [JsonExtensionData]
    public JsonObject? Own { get; set; }

    /// <summary>What holds for a kind of request.</summary>
    public WireMapping For(Capability capability) => ByCapability?.GetValueOrDefault(capability) ?? this;

    /// <summary>The words of a provider's own.</summary>
    /// <exception cref="System.Text.Json.JsonException">One is of another type.</exception>
    public T OwnWords<T>(JsonTypeInfo<T> type)
        where T : new() => Own is null ? new() : System.Text.Json.JsonSerializer.Deserialize(Own, type) ?? new();
}
