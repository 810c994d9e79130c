using System.Text.RegularExpressions;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vertex;

/// <summary>Where models and their operations are asked for: each location has a host of its own (@google/genai 3.1.0).</summary>
internal static partial class VertexAddresses
{
    /// <summary>The location that is asked unless another is set.</summary>
    public const string UsualLocation = "us-central1";

    /// <summary>The path of a model.</summary>
    public static string Model(string project, string? location, string model) =>
        $"projects/{Uri.EscapeDataString(project)}/locations/{location ?? UsualLocation}/publishers/google/models/{model}";

    /// <summary>The name of an operation, as an answer tells it; null: it is none.</summary>
    public static string? Operation(string? name) => name is not null && Operations().IsMatch(name) ? name : null;

    /// <summary>The model that made an operation.</summary>
    public static string ModelOf(string operation) => operation[..operation.LastIndexOf("/operations/", StringComparison.Ordinal)];

    /// <summary>Where a model is asked to do something.</summary>
    /// <param name="http">The way to the API.</param>
    /// <param name="model">The model's path.</param>
    /// <param name="verb">What it is asked for.</param>
    public static Uri At(ProviderHttp http, string model, string verb) => http.At($"v1/{model}:{verb}", HostOf(model.Split('/')[3]));

    /// <summary>The host of a location.</summary>
    public static Uri HostOf(string location) => new(location switch
    {
        "global" => "https://aiplatform.googleapis.com",
        "us" or "eu" => $"https://aiplatform.{location}.rep.googleapis.com",
        _ => $"https://{location}-aiplatform.googleapis.com",
    });

    [GeneratedRegex(@"^projects/[^/?#\s]+/locations/[a-z0-9-]+/publishers/google/models/[\w.-]+/operations/[\w.-]+$")]
    private static partial Regex Operations();
}
