using System.Text.Json.Serialization;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Firefly;

/// <summary>A job as Firefly tells of it (Adobe's OpenAPI of the Generate Video API 1.0.0; <c>@adobe/firefly-apis</c> 2.0.1).</summary>
internal sealed record FireflyJob
{
    /// <summary>pending, running, succeeded; failed, canceled and timeout are not in the specification, which has no list.</summary>
    public string? Status { get; init; }

    /// <summary>0 to 100.</summary>
    public double? Progress { get; init; }

    /// <summary>What it made.</summary>
    public FireflyResult? Result { get; init; }

    /// <summary>Reads an answer.</summary>
    public static FireflyJob Read(ProviderAnswer answer) => answer.Read(FireflyJobJson.Default.FireflyJob, "firefly") ?? new();
}

/// <summary>What a job made.</summary>
internal sealed record FireflyResult(FireflyOutput?[]? Outputs);

/// <summary>One result: its seed, and a signed address that is good for an hour.</summary>
internal sealed record FireflyOutput(long? Seed, FireflyFile? Video);

/// <summary>Where a file lies.</summary>
internal sealed record FireflyFile(string? Url);

[JsonSerializable(typeof(FireflyJob))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
internal sealed partial class FireflyJobJson : JsonSerializerContext;
