using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpI2V.Engine.Catalogue.Naming;

/// <summary>How people name models: <c>names.json</c>, a part of the program.</summary>
/// <param name="Makers">Who makes or sells models: written before the names of models, and no part of them.</param>
/// <param name="Fillers">Words that stand in many names and ids, and tell nothing.</param>
/// <param name="Kinds">What is made of what, in letters and a digit that is no version.</param>
/// <param name="Qualifiers">Words that many models have beside their own name, and that alone name none.</param>
/// <param name="Same">Words that are written for others.</param>
/// <param name="Models">What people ask for and no provider here has.</param>
internal sealed record NameFile(
    HashSet<string> Makers,
    HashSet<string> Fillers,
    string[] Kinds,
    HashSet<string> Qualifiers,
    Dictionary<string, string> Same,
    NotOffered[] Models)
{
    private static readonly Lazy<NameFile> Read = new(() =>
    {
        using var stream = typeof(NameFile).Assembly.GetManifestResourceStream("names.json")
            ?? throw new InvalidOperationException("names.json is missing from the program");
        return JsonSerializer.Deserialize(stream, NamingJson.Default.NameFile)!;
    });

    /// <summary>The program's own.</summary>
    public static NameFile OfProgram => Read.Value;
}

[JsonSerializable(typeof(NameFile))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
internal sealed partial class NamingJson : JsonSerializerContext;
