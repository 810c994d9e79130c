using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpI2V.Engine.Editing;

[JsonSerializable(typeof(JsonNode))]
internal sealed partial class RecipeJson : JsonSerializerContext;
