using System.Text.Json.Serialization;

namespace McpI2V.Media.Text.Setting;

/// <summary>How orders and results are written for the drawing process.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(TextOrder))]
[JsonSerializable(typeof(TextResult))]
internal sealed partial class TextJson : JsonSerializerContext;
