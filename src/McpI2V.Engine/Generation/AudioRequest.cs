using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Generation;

/// <summary>A sound to be made from words: a voice, music or an effect.</summary>
public sealed record AudioRequest : GenerationRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "audio";

    /// <summary>What is asked of the model.</summary>
    [JsonPropertyName("kind")]
    public required Capability Capability { get; init; }

    /// <summary>The words to speak, or what is to be heard.</summary>
    public required string Text { get; init; }

    /// <summary>Who speaks, as a model or this machine names the voice; null: the model's usual.</summary>
    public string? Voice { get; init; }

    /// <summary>The language of the words, as an ISO 639 code; null: not said.</summary>
    public string? Language { get; init; }

    /// <summary>The length in seconds; null: the model's usual.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The mood of music or of an effect, in words; null: not said.</summary>
    public string? Mood { get; init; }

    /// <summary>The tempo of music, in words or beats a minute; null: not said.</summary>
    public string? Tempo { get; init; }

    /// <summary>The clip that music is composed for, by handle, where the model sees one; null: words alone go in.</summary>
    public string? Clip { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => JobKind;

    /// <inheritdoc/>
    [JsonIgnore]
    public override RequestInputs Inputs => new() { Clip = Clip };

    /// <inheritdoc/>
    public override ModelNeed Need(MediaLibrary library) => new()
    {
        Capability = Capability,
        Prompt = Prompt(),
        Voice = Voice,
        Language = Language,
        DurationSeconds = DurationSeconds,
        HasClip = Clip is not null,
        InputSeconds = Clip is { } handle ? library.Find(handle).Duration.TotalSeconds : 0,
        Quality = Quality,
        Options = [.. Options.Select(o => o.Key)],
    };

    private string Prompt()
    {
        string?[] said = [Mood is null ? null : $"Mood: {Mood}.", Tempo is null ? null : $"Tempo: {Tempo}."];
        var more = said.OfType<string>().ToList();
        return more.Count == 0 ? Text : $"{Text.TrimEnd().TrimEnd('.')}. {string.Join(' ', more)}";
    }
}
