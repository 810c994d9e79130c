using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Generation;

/// <summary>What is to be made, with every reference resolved to a handle: what a job keeps, and does the same when it is started
/// again.</summary>
/// <remarks>Members with a value of their own have a setter: the generated serializer would overwrite one that is only
/// initialised.</remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(StillRequest), StillRequest.JobKind)]
[JsonDerivedType(typeof(AnimateRequest), AnimateRequest.JobKind)]
[JsonDerivedType(typeof(TransformRequest), TransformRequest.JobKind)]
[JsonDerivedType(typeof(RecipeRequest), RecipeRequest.JobKind)]
[JsonDerivedType(typeof(AudioRequest), AudioRequest.JobKind)]
public abstract record GenerationRequest
{
    /// <summary>What it is for: to look at, or to keep.</summary>
    [JsonPropertyOrder(1)]
    public EncodeQuality Quality { get; set; } = EncodeQuality.Standard;

    /// <summary>The seed; null: the provider's choice.</summary>
    [JsonPropertyOrder(3)]
    public long? Seed { get; init; }

    /// <summary>What the provider understands beyond the common arguments.</summary>
    [JsonPropertyOrder(4)]
    public virtual JsonObject Options { get; set; } = [];

    /// <summary>
    /// What the elements in it look like, each as "Name: words", for a model that reads prompts; null: nothing. The embedded engine reads
    /// pictures only.
    /// </summary>
    [JsonPropertyOrder(5)]
    public string[]? Subjects { get; init; }

    /// <summary>The clip that was seen before, by handle, where it is not the one that goes in; null: that one, or none.</summary>
    [JsonPropertyOrder(6)]
    public string? Before { get; init; }

    /// <summary>The kind of job that carries it.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>The assets that go in.</summary>
    [JsonIgnore]
    public abstract RequestInputs Inputs { get; }

    /// <summary>The options that are the provider's, without those that the engine itself carries out.</summary>
    [JsonIgnore]
    public virtual JsonObject ProviderOptions => Options;

    /// <summary>What it needs of a model; the same when it is planned and when it is done.</summary>
    /// <exception cref="I2VException">An input is not there, or no model makes such a thing.</exception>
    public abstract ModelNeed Need(MediaLibrary library);

    /// <summary>A prompt with what its elements look like, each once.</summary>
    protected string WithSubjects(string prompt)
    {
        foreach (var subject in Subjects ?? [])
        {
            var words = subject[(subject.IndexOf(": ", StringComparison.Ordinal) + 2)..];
            prompt = prompt.Contains(words, StringComparison.OrdinalIgnoreCase)
                ? prompt
                : $"{prompt.TrimEnd().TrimEnd('.')}. {subject.TrimEnd('.')}.";
        }
        return prompt;
    }

    /// <summary>
    /// What tells it from others in the key of a call. Its letters stay the same from version to version, the order of its members too: a
    /// call that is made again after an update finds the job that it has paid for.
    /// </summary>
    public string ToKey() => JsonSerializer.Serialize(this with { Before = null }, GetType(), GenerationJson.Default);

    /// <summary>As it is written into a job.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GenerationJson.Default.GenerationRequest);

    /// <summary>A request as a job keeps it.</summary>
    /// <exception cref="I2VException">It is damaged.</exception>
    public static GenerationRequest FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, GenerationJson.Default.GenerationRequest) ?? throw new JsonException("It is null.");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new I2VException(ErrorCode.ProviderFailed, $"The job's request can't be read: {e.Message} Ask for it anew.");
        }
    }
}
