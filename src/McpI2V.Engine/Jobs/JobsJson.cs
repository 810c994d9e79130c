using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs;

[JsonSerializable(typeof(Attempt[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(RouteStep[]))]
[JsonSerializable(typeof(RemoteTask))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class JobsJson : JsonSerializerContext;
