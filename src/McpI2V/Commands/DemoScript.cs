using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpI2V.Commands;

/// <summary>The demo's conversation.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Turns">What is said, and what the assistant calls.</param>
internal sealed record DemoScript(string Title, DemoTurn[] Turns);

/// <summary>One turn.</summary>
/// <param name="Say">What the user says.</param>
/// <param name="Call">The tool the assistant calls.</param>
/// <param name="Arguments">Its arguments; <c>{name}</c> stands for an earlier result, <c>{samples}</c> for the samples folder.</param>
/// <param name="Keep">The name under which the result's handle is kept.</param>
internal sealed record DemoTurn(string Say, string Call, JsonObject Arguments, string Keep);

[JsonSerializable(typeof(DemoScript))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class DemoJson : JsonSerializerContext;
